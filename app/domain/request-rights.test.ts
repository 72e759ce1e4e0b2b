/** The wrong person first: whom each act of financing is refused. */
import { describe, expect, test } from 'vitest'
import { INSTITUTION_KIND_LABEL, INSTITUTION_KINDS, REQUEST_STATE_LABEL, REQUEST_STATES } from './institution'
import {
  type CONDITION_ACTS,
  CONDITION_GATE_LABEL,
  CONDITION_GATES,
  CONDITION_STATE_LABEL,
  CONDITION_STATES,
} from './money-conditions'
import { INSTRUMENT_LABEL, INSTRUMENTS } from './money-instruments'
import { LEDGER_KINDS, LEDGER_LABEL } from './money-ledger'
import {
  FINANCING_HELD_BY,
  FINANCING_MOVE_LABEL,
  FINANCING_MOVES,
  FINANCING_STAGE_LABEL,
  FINANCING_STAGES,
  type FinancingStage,
  isFinancingMove,
} from './money-stages'
import {
  TRANCHE_ACT_LABEL,
  TRANCHE_ACTS,
  TRANCHE_METHOD_LABEL,
  TRANCHE_METHODS,
  TRANCHE_STATE_LABEL,
  TRANCHE_STATES,
} from './money-tranches'
import type { Actor, DelegationRole, InstitutionRole, SecretariatRole } from './people'
import { type AskAct, type AskScope, mayBeRecorded, mayWithCondition, mayWithTranche } from './request-rights'
import { can } from './rights'

const who = { userId: 'u', name: 'U', email: 'u@x.example', sessionId: 's' }
const delegate = (id: string, role: DelegationRole): Actor => ({
  ...who,
  organization: { kind: 'delegation', id, name: id, partnerIso2: 'XX', role },
})
const bank = (id: string, role: InstitutionRole): Actor => ({
  ...who,
  organization: { kind: 'institution', id, name: id, role },
})
const secretariat = (role: SecretariatRole): Actor => ({
  ...who,
  organization: { kind: 'secretariat', id: 'sec', name: 'Secretariat', role },
})

const ask = (stage: FinancingStage, more: Partial<AskScope['request']> = {}): AskScope => ({
  ...{ kind: 'ask', stage, heldFrom: null, institutionId: 'bank', readerIds: ['named'] },
  request: {
    ...{ kind: 'request', state: 'asked', marking: 'restricted', leadDelegationId: 'lead' },
    grants: [
      { delegationId: 'second', level: 'write' },
      { delegationId: 'named', level: 'read' },
    ],
    askedIds: ['bank', 'agency'],
    ...more,
  },
})

const EVERYBODY: Record<string, Actor> = {
  'lead head': delegate('lead', 'head'),
  'lead delegate': delegate('lead', 'delegate'),
  'lead reader': delegate('lead', 'reader'),
  'second head': delegate('second', 'head'),
  'named head': delegate('named', 'head'),
  'third head': delegate('third', 'head'),
  'bank head': bank('bank', 'head'),
  'bank officer': bank('bank', 'officer'),
  'bank reader': bank('bank', 'reader'),
  'other bank head': bank('agency', 'head'),
  coordinator: secretariat('coordinator'),
  administrator: secretariat('administrator'),
}
const allowed = (act: AskAct, scope: AskScope) =>
  Object.keys(EVERYBODY).filter((name) => EVERYBODY[name] && can(EVERYBODY[name], act, scope))

const LEAD = ['lead head', 'lead delegate', 'lead reader']
const BANK = ['bank head', 'bank officer', 'bank reader']

describe('an ask', () => {
  test('exists for those who take part, its institution and coordinators; not for another institution', () => {
    expect(allowed('see', ask('term_sheet'))).toEqual([
      ...LEAD,
      'second head',
      'named head',
      ...BANK,
      'coordinator',
    ])
  })
  test('its money is not open to a second delegation, unless the lead names it', () => {
    expect(allowed('money', ask('term_sheet'))).toEqual([...LEAD, 'named head', ...BANK, 'coordinator'])
    expect(allowed('name_reader', ask('term_sheet'))).toEqual(['lead head'])
  })
  test('a marking for all delegations tells them the stage, never the money', () => {
    const open = ask('term_sheet', { marking: 'forge' })
    expect(allowed('see', open)).toContain('third head')
    expect(allowed('money', open)).not.toContain('third head')
    expect(allowed('see', ask('enquiry', { marking: 'forge', state: 'draft' }))).toEqual([
      ...[...LEAD, 'second head', 'named head', ...BANK],
    ])
  })
  test('the institution’s own head moves it, and coordinators record it; the lead’s head applies and withdraws', () => {
    const institution = ['bank head', 'coordinator']
    expect(allowed('issue_letter', ask('enquiry'))).toEqual(institution)
    expect(allowed('apply', ask('letter_of_interest'))).toEqual(['lead head'])
    expect(allowed('begin_due_diligence', ask('application'))).toEqual(institution)
    expect(allowed('approve', ask('term_sheet'))).toEqual(institution)
    expect(allowed('approve', ask('application'))).toEqual([])
    expect(allowed('commit', ask('approved'))).toEqual(institution)
    expect(allowed('withdraw', ask('approved'))).toEqual(['lead head'])
    expect(allowed('withdraw', ask('committed'))).toEqual([])
    expect(allowed('hold', ask('due_diligence'))).toEqual(['lead head', ...institution])
  })
  test('money is written by whose it is, at the stages where it can be', () => {
    expect(allowed('record_requested', ask('enquiry'))).toEqual(['lead head'])
    expect(allowed('record_committed', ask('approved'))).toEqual(['bank head', 'coordinator'])
    expect(LEDGER_KINDS.filter((kind) => mayBeRecorded(kind, 'enquiry'))).toEqual(['indicated', 'requested'])
    for (const stage of ['declined', 'withdrawn'] as const)
      expect(LEDGER_KINDS.filter((kind) => mayBeRecorded(kind, stage))).toEqual([])
  })
  test('questions, conditions and tranches', () => {
    expect(allowed('question', ask('due_diligence'))).toEqual(['bank head', 'bank officer'])
    expect(allowed('condition', ask('approved'))).toEqual(['bank head', 'bank officer'])
    expect(allowed('tranche', ask('committed'))).toEqual([
      'lead head',
      'lead delegate',
      'bank head',
      'bank officer',
    ])
    expect(allowed('tranche', ask('approved'))).toEqual([])
  })
  test('a condition is met by who is responsible and judged by the institution', () => {
    const may = (act: (typeof CONDITION_ACTS)[number], state: (typeof CONDITION_STATES)[number]) =>
      Object.keys(EVERYBODY).filter((name) => {
        const actor = EVERYBODY[name]
        return actor && mayWithCondition(actor, act, { ask: ask('committed'), state, responsibleId: 'named' })
      })
    expect(may('submit', 'open')).toEqual(['named head'])
    expect(may('satisfy', 'submitted')).toEqual(['bank head', 'bank officer'])
    expect(may('satisfy', 'open')).toEqual([])
    expect(may('propose_waiver', 'open')).toEqual(['bank head', 'bank officer'])
  })
  test('a tranche is requested by the lead, approved by the institution’s head and by another person', () => {
    const may = (
      act: (typeof TRANCHE_ACTS)[number],
      state: (typeof TRANCHE_STATES)[number],
      stage: FinancingStage = 'disbursing',
      requestedBy = 'somebody else',
    ) =>
      Object.keys(EVERYBODY).filter((name) => {
        const actor = EVERYBODY[name]
        return actor && mayWithTranche(actor, act, { ask: ask(stage), state, requestedBy })
      })
    expect(may('request', 'planned')).toEqual(['lead head', 'lead delegate'])
    expect(may('approve', 'requested')).toEqual(['bank head'])
    expect(may('approve', 'requested', 'disbursing', 'u')).toEqual([])
    expect(may('pay', 'approved')).toEqual(['bank head', 'bank officer'])
    expect(may('pay', 'approved', 'effective')).toEqual([])
  })
})

test('a request is asked by its head, its text read by those asked, and answered by those who write it', () => {
  const { request } = ask('enquiry')
  const may = (act: 'see' | 'read' | 'ask' | 'answer') =>
    Object.keys(EVERYBODY).filter((name) => EVERYBODY[name] && can(EVERYBODY[name], act, request))
  expect(may('ask')).toEqual(['lead head'])
  expect(may('answer')).toEqual(['lead head', 'lead delegate', 'second head'])
  expect(may('read')).toEqual([
    ...LEAD,
    'second head',
    'named head',
    ...BANK,
    'other bank head',
    'coordinator',
  ])
})

test('a facility is kept by its institution’s head and by coordinators', () => {
  const scope = { kind: 'facility', institutionId: 'bank' } as const
  const may = (act: 'see' | 'money' | 'keep') =>
    Object.keys(EVERYBODY).filter((name) => EVERYBODY[name] && can(EVERYBODY[name], act, scope))
  expect(may('keep')).toEqual(['bank head', 'coordinator'])
  expect(may('see')).not.toContain('other bank head')
  expect(may('money')).toEqual([...BANK, 'coordinator'])
})

test('everything has its words', () => {
  const words: [readonly string[], Record<string, unknown>][] = [
    [INSTITUTION_KINDS, INSTITUTION_KIND_LABEL],
    [REQUEST_STATES, REQUEST_STATE_LABEL],
    [CONDITION_GATES, CONDITION_GATE_LABEL],
    [CONDITION_STATES, CONDITION_STATE_LABEL],
    [INSTRUMENTS, INSTRUMENT_LABEL],
    [LEDGER_KINDS, LEDGER_LABEL],
    [FINANCING_STAGES, FINANCING_STAGE_LABEL],
    [FINANCING_STAGES, FINANCING_HELD_BY],
    [FINANCING_MOVES, FINANCING_MOVE_LABEL],
    [TRANCHE_ACTS, TRANCHE_ACT_LABEL],
    [TRANCHE_METHODS, TRANCHE_METHOD_LABEL],
    [TRANCHE_STATES, TRANCHE_STATE_LABEL],
  ]
  for (const [names, labels] of words) expect(Object.keys(labels)).toEqual([...names])
  expect(FINANCING_MOVES.every(isFinancingMove)).toBe(true)
  expect(isFinancingMove('constructor')).toBe(false)
})
