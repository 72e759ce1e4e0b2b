import { describe, expect, test } from 'vitest'
import { MARKINGS, type Marking } from './marking'
import {
  type Actor,
  DELEGATION_ROLES,
  type DelegationRole,
  SECRETARIAT_ROLES,
  type SecretariatRole,
} from './people'
import { PROPOSAL_STATES, type ProposalState } from './project-stage'
import { isMove, PROPOSAL_MOVES } from './proposal-machine'
import {
  type Act,
  can,
  GRANT_LEVELS,
  type GrantLevel,
  PORTAL,
  type ProjectScope,
  type ProposalScope,
} from './rights'

const person = { userId: 'u', name: 'U', email: 'u@portal.example', sessionId: 's' }
const delegate = (id: string, role: DelegationRole): Actor => ({
  ...person,
  organization: { kind: 'delegation', id, name: id, partnerIso2: id.toUpperCase(), role },
})
const secretariat = (role: SecretariatRole): Actor => ({
  ...person,
  organization: { kind: 'secretariat', id: 'sec', name: 'Secretariat', role },
})

/** Every act, so that a new one does not compile until it is thought about here. */
const TEXT_ACTS = Object.keys({
  see: true,
  read: true,
  write: true,
  comment: true,
  rename: true,
  invite: true,
  mark: true,
  submit: true,
  take_up: true,
  request_changes: true,
  send_to_review: true,
  recommend: true,
  back_to_review: true,
  endorse: true,
  decline: true,
  steer: true,
  answer: true,
  bring_back: true,
  withdraw: true,
  export: true,
  settle: true,
} satisfies Record<Act['proposal'], true>) as Act['proposal'][]
const PROJECT_ACTS = Object.keys({
  see: true,
  edit: true,
  propose: true,
} satisfies Record<Act['project'], true>) as Act['project'][]

const read = ['see', 'read', 'export'] as const
const comment = [...read, 'comment'] as const
const write = [...comment, 'write', 'rename', 'answer'] as const

type Expected = Record<DelegationRole, readonly Act['proposal'][]>
const OWN: Expected = {
  head: [...write, 'invite', 'mark', 'settle', 'submit', 'withdraw', 'bring_back'],
  delegate: [...write, 'invite', 'mark', 'bring_back'],
  adviser: comment,
  reader: read,
}
const INVITED: Record<GrantLevel, Expected> = {
  write: { head: write, delegate: write, adviser: comment, reader: read },
  comment: { head: comment, delegate: comment, adviser: comment, reader: read },
  read: { head: read, delegate: read, adviser: read, reader: read },
}
const NOBODY: Expected = { head: [], delegate: [], adviser: [], reader: [] }
/** Of a case that its authors do not write. */
const CLOSED = ['write', 'rename', 'submit', 'bring_back'] as const
/** What a state takes away from those who take part, and what the secretariat's coordinators may do; null: nothing. */
const STATES: Record<
  ProposalState,
  { without: readonly Act['proposal'][]; steering: readonly Act['proposal'][] | null }
> = {
  draft: { without: ['bring_back'], steering: null },
  submitted: { without: CLOSED, steering: [...read, 'steer', 'take_up'] },
  screening: {
    without: CLOSED,
    steering: [...read, 'steer', 'request_changes', 'send_to_review'],
  },
  in_review: {
    without: CLOSED,
    steering: [...read, 'steer', 'request_changes', 'recommend'],
  },
  in_decision: { without: CLOSED, steering: [...read, 'steer', 'back_to_review'] },
  changes_requested: { without: ['bring_back'], steering: read },
  endorsed: { without: [...CLOSED, 'withdraw'], steering: read },
  declined: { without: ['write', 'rename', 'submit', 'withdraw'], steering: read },
  withdrawn: { without: [...CLOSED, 'withdraw'], steering: null },
}

const allowed = (actor: Actor, scope: ProposalScope) =>
  TEXT_ACTS.filter((act) => can(actor, act, scope)).sort()
const expected = (acts: readonly Act['proposal'][], without: readonly Act['proposal'][] = []) =>
  acts.filter((act) => !without.includes(act)).sort()

describe.each(PROPOSAL_STATES)('a proposal that is %s', (state) => {
  const { without, steering } = STATES[state]
  const scope = (marking: Marking): ProposalScope => ({
    kind: 'proposal',
    state,
    marking,
    leadDelegationId: 'lead',
    grants: GRANT_LEVELS.map((level) => ({ delegationId: level, level })),
  })

  test.each(DELEGATION_ROLES)('%s of the lead, of those invited, of a third delegation', (role) => {
    for (const marking of MARKINGS) {
      expect(allowed(delegate('lead', role), scope(marking))).toEqual(expected(OWN[role], without))
      for (const level of GRANT_LEVELS) {
        expect(allowed(delegate(level, role), scope(marking))).toEqual(
          expected(INVITED[level][role], without),
        )
      }
      const open = steering !== null && (marking === 'public' || marking === 'forge')
      expect(allowed(delegate('third', role), scope(marking))).toEqual(open ? ['see'] : NOBODY[role])
    }
  })

  test.each(SECRETARIAT_ROLES)('%s of the secretariat', (role) => {
    for (const marking of MARKINGS) {
      const open = steering !== null && (marking === 'public' || marking === 'forge')
      const acts = (role === 'coordinator' && steering) || (open ? (['see'] as const) : [])
      expect(allowed(secretariat(role), scope(marking))).toEqual(expected(acts))
    }
  })
})

describe('an imported text', () => {
  const scope = (marking: Marking) => ({
    kind: 'document' as const,
    marking,
    ownerDelegationId: 'lead',
    grants: GRANT_LEVELS.map((level) => ({ delegationId: level, level })),
  })
  const acts = TEXT_ACTS.filter(
    (act): act is Act['document'] =>
      !isMove(act) && act !== 'steer' && act !== 'answer' && act !== 'bring_back',
  )

  test.each(DELEGATION_ROLES)('%s', (role) => {
    const allowedOf = (id: string, marking: Marking) =>
      acts.filter((act) => can(delegate(id, role), act, scope(marking))).sort()
    for (const marking of MARKINGS) {
      expect(allowedOf('lead', marking)).toEqual(
        expected(OWN[role], [...PROPOSAL_MOVES, 'answer', 'bring_back']),
      )
      for (const level of GRANT_LEVELS)
        expect(allowedOf(level, marking)).toEqual(expected(INVITED[level][role], ['answer']))
      const open = marking === 'public' || marking === 'forge'
      expect(allowedOf('third', marking)).toEqual(open ? expected(read) : [])
    }
  })
})

describe('a project', () => {
  const scope = (marking: Marking, ownerDelegationId: string | null, underReview = false): ProjectScope => ({
    kind: 'project',
    marking,
    ownerDelegationId,
    readerDelegationIds: ['named'],
    underReview,
    askedIds: [],
    inPipeline: false,
  })
  const allowedOf = (actor: Actor, project: ProjectScope) =>
    PROJECT_ACTS.filter((act) => can(actor, act, project))
  const writes = (role: DelegationRole) => role === 'head' || role === 'delegate'

  test.each(DELEGATION_ROLES)(
    '%s of the owner changes it, of one named sees it, of a third does not',
    (role) => {
      for (const marking of MARKINGS) {
        const open = marking === 'public' || marking === 'forge'
        const own = scope(marking, 'own')
        expect(allowedOf(delegate('own', role), own)).toEqual(
          writes(role) ? ['see', 'edit', 'propose'] : ['see'],
        )
        expect(allowedOf(delegate('named', role), own)).toEqual(['see'])
        expect(allowedOf(delegate('third', role), own)).toEqual(open ? ['see'] : [])
        const announced = allowedOf(delegate('third', role), scope(marking, null))
        expect(announced).toEqual(!open ? [] : writes(role) ? ['see', 'propose'] : ['see'])
      }
    },
  )

  test.each(SECRETARIAT_ROLES)('%s of the secretariat', (role) => {
    for (const marking of MARKINGS) {
      const open = marking === 'public' || marking === 'forge'
      expect(allowedOf(secretariat(role), scope(marking, 'own'))).toEqual(open ? ['see'] : [])
      expect(allowedOf(secretariat(role), scope(marking, 'own', true))).toEqual(
        open || role === 'coordinator' ? ['see'] : [],
      )
    }
  })
})

describe('an organization', () => {
  const all = Object.keys({
    see: true,
    see_every: true,
    invite: true,
    create_project: true,
    import_document: true,
  } satisfies Record<Act['delegation'], true>) as Act['delegation'][]
  const allowedOf = (actor: Actor, id: string) =>
    all.filter((act) => can(actor, act, { kind: 'delegation', id })).sort()
  const OF_OWN: Record<DelegationRole, Act['delegation'][]> = {
    head: ['create_project', 'import_document', 'invite', 'see'],
    delegate: ['create_project', 'import_document', 'see'],
    adviser: ['see'],
    reader: ['see'],
  }
  const OF_SECRETARIAT: Record<SecretariatRole, Act['delegation'][]> = {
    administrator: ['invite', 'see', 'see_every'],
    coordinator: ['see'],
    secretary: ['see'],
  }

  test('its people by role, and nobody of another delegation', () => {
    for (const role of DELEGATION_ROLES) {
      expect(allowedOf(delegate('own', role), 'own')).toEqual(OF_OWN[role])
      expect(allowedOf(delegate('third', role), 'own')).toEqual([])
    }
  })

  test('the secretariat: its own, and every one for an administrator', () => {
    for (const role of SECRETARIAT_ROLES) {
      expect(allowedOf(secretariat(role), 'sec')).toEqual(OF_SECRETARIAT[role])
      expect(allowedOf(secretariat(role), 'own')).toEqual(
        role === 'administrator' ? OF_SECRETARIAT[role] : [],
      )
    }
  })
})

test('the audit trail is for administrators alone', () => {
  const readers = [
    ...DELEGATION_ROLES.map((role) => delegate('lead', role)),
    ...SECRETARIAT_ROLES.map(secretariat),
  ].filter((actor) => can(actor, 'read_audit', PORTAL))
  expect(readers.map(({ organization }) => organization.role)).toEqual(['administrator'])
})
