import { describe, expect, test } from 'vitest'
import { parseForm } from './form'
import {
  ASKED_CONSENT_STATES,
  CONSENT_ACTS,
  CONSENT_RULES,
  CONSENT_STATES,
  consentForm,
  endorsementProblem,
} from './host-consent'
import { type Actor, DELEGATION_ROLES, INSTITUTION_ROLES, SECRETARIAT_ROLES } from './people'
import { PROPOSAL_STATES } from './project-stage'
import { can, type ProposalScope } from './rights'

const as = (organization: Actor['organization']): Actor => ({
  ...{ userId: 'u', name: 'U', email: 'u@x.test', sessionId: 's', organization },
})
const of = (id: string) =>
  DELEGATION_ROLES.map((role) => as({ kind: 'delegation', id, name: id, partnerIso2: 'KE', role }))
const PEOPLE = [
  ...['host', 'lead', 'third'].flatMap(of),
  ...SECRETARIAT_ROLES.map((role) => as({ kind: 'secretariat', id: 's', name: 'S', role })),
  ...INSTITUTION_ROLES.map((role) => as({ kind: 'institution', id: 'i', name: 'I', role })),
]
const STEERED = ['submitted', 'screening', 'in_review', 'in_decision']
const OPEN = [...STEERED, 'changes_requested']

test('every state, act and person of a consent, in every state of its case: what the table allows, and nothing else', () => {
  for (const caseState of PROPOSAL_STATES)
    for (const state of [null, ...ASKED_CONSENT_STATES])
      for (const hostHasHead of [true, false]) {
        const proposal: ProposalScope = {
          ...{
            kind: 'proposal',
            state: caseState,
            marking: 'restricted',
            leadDelegationId: 'lead',
            grants: [],
          },
        }
        const scope = {
          kind: 'consent' as const,
          ...{ state, hostDelegationId: 'host', hostHasHead, case: proposal },
          isOpen: caseState === 'draft' || OPEN.includes(caseState),
        } as const
        for (const actor of PEOPLE) {
          const { id, role } = actor.organization
          const steers = role === 'coordinator'
          for (const act of CONSENT_ACTS) {
            const fits = CONSENT_RULES[act].from.includes(state)
            const expected =
              act === 'ask'
                ? steers && STEERED.includes(caseState)
                : hostHasHead
                  ? id === 'host' && role === 'head' && scope.isOpen
                  : steers && OPEN.includes(caseState)
            expect(can(actor, act, scope), `${caseState} ${state} ${act} ${id} ${role}`).toBe(
              fits && expected,
            )
          }
          const reads = id === 'lead' || (steers && caseState !== 'draft' && caseState !== 'withdrawn')
          expect(can(actor, 'see', scope)).toBe(reads || (id === 'host' && state !== null))
        }
      }
})

test('a case is endorsed with the consent only, or where none is required', () => {
  const fine = [null, ...CONSENT_STATES].filter((state) => endorsementProblem('Angola', state) === null)
  expect(fine).toEqual(['not_required', 'given'])
  expect(endorsementProblem('Angola', 'refused')).toContain('Angola refused')
})

describe('the answer', () => {
  const sent = { key: '019328f0-0000-7000-8000-000000000001' }

  test('needs a reason where it says no', () => {
    expect(parseForm(consentForm, { ...sent, act: 'give' }).ok).toBe(true)
    for (const act of ['refuse', 'withdraw']) {
      const parsed = parseForm(consentForm, { ...sent, act, statement: 'No.' })
      expect(parsed.ok ? [] : Object.keys(parsed.fields)).toEqual(['statement'])
    }
  })

  test('is none of the acts that it does not know', () => {
    expect(parseForm(consentForm, { ...sent, act: 'ask' }).ok).toBe(false)
  })
})
