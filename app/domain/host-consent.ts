/**
 * The consent of the country that a site lies in. A case is endorsed with it only, and a refusal stops the case.
 *
 *     (not asked) → requested → given ⇄ withdrawn;  requested → refused
 */
import { z } from 'zod'

/** `not_required`: the delegation that leads the case is the host's own, or no site is named. */
export const CONSENT_STATES = ['not_required', 'requested', 'given', 'refused', 'withdrawn'] as const
export type ConsentState = (typeof CONSENT_STATES)[number]
/** What is kept of a consent that was asked for. */
export const ASKED_CONSENT_STATES = ['requested', 'given', 'refused', 'withdrawn'] as const
export type AskedConsentState = (typeof ASKED_CONSENT_STATES)[number]

export const CONSENT_STATE_LABEL: Record<ConsentState, string> = {
  not_required: 'Not required',
  requested: 'Asked for',
  given: 'Given',
  refused: 'Refused',
  withdrawn: 'Withdrawn',
}

export const CONSENT_ACTS = ['ask', 'give', 'refuse', 'withdraw'] as const
export type ConsentAct = (typeof CONSENT_ACTS)[number]

/** `from` null: it was not asked for yet. */
type Rule = {
  from: readonly (AskedConsentState | null)[]
  to: AskedConsentState
  who: 'coordinator' | 'host'
  needsReason: boolean
}

export const CONSENT_RULES: Record<ConsentAct, Rule> = {
  ask: { from: [null], to: 'requested', who: 'coordinator', needsReason: false },
  give: { from: ['requested', 'withdrawn'], to: 'given', who: 'host', needsReason: false },
  refuse: { from: ['requested'], to: 'refused', who: 'host', needsReason: true },
  withdraw: { from: ['given'], to: 'withdrawn', who: 'host', needsReason: true },
}

export const CONSENT_ACT_LABEL: Record<ConsentAct, { act: string; done: string }> = {
  ask: { act: 'Ask for its consent', done: 'asked for the host’s consent' },
  give: { act: 'Give consent', done: 'gave the host’s consent' },
  refuse: { act: 'Refuse consent', done: 'refused the host’s consent' },
  withdraw: { act: 'Withdraw the consent', done: 'withdrew the host’s consent' },
}

const LEAST_REASON = 10
const line = (what: string, most: number) =>
  z
    .string()
    .trim()
    .max(most, `${what} has at most ${most.toLocaleString('en')} characters.`)
    .refine((value) => !value.includes('\0'), `${what} holds a character that no text can hold.`)
    .default('')

/** The host's answer. `signedBy` and `reference` where a coordinator records what came in writing. */
export const consentForm = z
  .object({
    act: z.enum(['give', 'refuse', 'withdraw'], 'Say whether the host consents.'),
    key: z.uuid('Load the page again.'),
    statement: line('It', 4000),
    signedBy: line('The name', 200),
    reference: line('The reference', 300),
  })
  .refine(({ act, statement }) => !CONSENT_RULES[act].needsReason || statement.length >= LEAST_REASON, {
    path: ['statement'],
    message: `Say why, in at least ${LEAST_REASON} characters: the authors and the secretariat read it.`,
  })
export type ConsentInput = z.output<typeof consentForm>

/**
 * Why a case cannot be endorsed, or null. `host`: the country's name; `state` null: the host was not asked.
 */
export function endorsementProblem(host: string, state: ConsentState | null): string | null {
  switch (state) {
    case 'given':
    case 'not_required':
      return null
    case 'refused':
      return `${host} refused its consent as the host: the case cannot be endorsed.`
    case 'withdrawn':
      return `${host} withdrew its consent as the host: the case cannot be endorsed without it.`
    case 'requested':
      return `${host} has not given its consent as the host yet: the case cannot be endorsed without it.`
    case null:
      return `${host}, the host of the site, was not asked for its consent: a case is endorsed with it only.`
  }
}
