/**
 * A delegation's ballot papers in this browser. A paper is kept from before it is asked for until the vote is over: a
 * closed laptop comes back with it, and asking again gives the same one.
 */
import { digest } from 'lib0/hash/sha256'
import { z } from 'zod'
import { type Draft, draftPaper, receiptOf, unblind } from '../domain/session/blind'
import { CHOICES } from '../domain/session/model'
import { type Answer, askAct, askBallot } from './ask'

const kept = z.object({
  paper: z.string(),
  factor: z.string(),
  blinded: z.string(),
  modulus: z.string(),
  signature: z.string().nullable(),
  /** What was put into the box. */
  cast: z.enum(CHOICES).nullable(),
})
export type Paper = z.infer<typeof kept>

const keyOf = (account: string, motionId: string, delegationId: string) =>
  `forge:paper:${account}:${motionId}:${delegationId}`

const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes))

/** The paper that is kept here; null when there is none. */
export function keptPaper(account: string, motionId: string, delegationId: string): Paper | null {
  try {
    return kept.parse(JSON.parse(localStorage.getItem(keyOf(account, motionId, delegationId)) ?? ''))
  } catch {
    return null
  }
}

function keep(account: string, motionId: string, delegationId: string, paper: Paper): void {
  localStorage.setItem(keyOf(account, motionId, delegationId), JSON.stringify(paper))
}

/** What the voter looks for in the list of the result. */
export const receiptOfPaper = ({ paper }: Pick<Paper, 'paper'>): string => receiptOf(paper, digest)

export type Asking = {
  sessionId: string
  account: string
  motionId: string
  delegationId: string
  own: boolean
}

const box = z.object({ modulus: z.string() })

/** Takes the delegation's paper. */
export async function takePaper({
  sessionId,
  account,
  motionId,
  delegationId,
  own,
}: Asking): Promise<Answer> {
  let modulus: string
  try {
    const reply = await fetch(`/sessions/${sessionId}/box/${motionId}`)
    modulus = box.parse(await reply.json()).modulus
  } catch {
    return { ok: false, why: 'The portal does not answer. Try again.' }
  }
  const before = keptPaper(account, motionId, delegationId)
  // A vote that was cancelled and opened again has papers of its own.
  const again = before?.modulus === modulus ? before : null
  const draft: Draft = again ?? draftPaper(modulus, random, digest)
  keep(account, motionId, delegationId, { ...draft, modulus, signature: null, cast: null })
  const of = own ? null : delegationId
  const answer = await askAct(sessionId, { act: 'take_paper', motionId, of, blinded: draft.blinded })
  if (!answer.ok) return answer
  const signature = answer.paper && unblind(draft, answer.paper, modulus, digest)
  if (!signature)
    return { ok: false, why: 'The portal gave a paper that is not genuine. Tell the secretary.' }
  keep(account, motionId, delegationId, { ...draft, modulus, signature, cast: null })
  return answer
}

/** Longest wait before a paper is sent: the order of papers is not the one in which people pressed. ms. */
const SHUFFLE_MS = 2000

/** Puts the paper into the box after a random moment, without a name. */
export async function castPaper(
  { account, motionId, delegationId }: Omit<Asking, 'sessionId' | 'own'>,
  choice: (typeof CHOICES)[number],
): Promise<{ ok: true } | { ok: false; why: string }> {
  const paper = keptPaper(account, motionId, delegationId)
  if (!paper?.signature) return { ok: false, why: 'This browser holds no ballot paper.' }
  await new Promise((resolve) => setTimeout(resolve, Math.random() * SHUFFLE_MS))
  const answer = await askBallot({ motionId, paper: paper.paper, signature: paper.signature, choice })
  if (answer.ok) keep(account, motionId, delegationId, { ...paper, cast: choice })
  return answer
}
