import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { amountOf, amountProblem, decimalOf, sumOf } from './money-amount'
import {
  CONDITION_ACTS,
  CONDITION_RULES,
  CONDITION_STATES,
  type ConditionAct,
  type ConditionState,
  inTheWay,
  unmetUpTo,
} from './money-conditions'
import { boughtInTonnes, INSTRUMENTS } from './money-instruments'
import { gapOf, LEDGER_KINDS, totalsOf, undrawn } from './money-ledger'
import { limitWarnings } from './money-limits'
import {
  FINANCING_MOVES,
  FINANCING_STAGES,
  type FinancingMove,
  type FinancingStage,
  isOver,
  moveTo,
  OPEN_FINANCING_STAGES,
} from './money-stages'
import {
  isOpenTranche,
  TRANCHE_ACTS,
  TRANCHE_RULES,
  TRANCHE_STATES,
  type TrancheState,
} from './money-tranches'

describe('amounts', () => {
  const amount = fc.bigInt({ min: -(10n ** 19n) + 1n, max: 10n ** 19n - 1n })

  test('a decimal comes back as it was, whatever its size', () => {
    fc.assert(fc.property(amount, (value) => amountOf(decimalOf(value)) === value))
  })
  test('sums are exact', () => {
    expect(sumOf(['0.1', '0.2'])).toBe('0.3')
    expect(sumOf(['999999999999999.9999', '-0.0001', '-999999999999999.9998'])).toBe('0')
  })
  test.each([
    ['1200000', 'USD', true],
    ['12.50', 'USD', true],
    ['12.505', 'USD', false],
    ['1200', 'JPY', true],
    ['1200.5', 'JPY', false],
    ['1.234', 'KWD', true],
    ['0', 'USD', false],
    ['-1', 'USD', false],
    ['1e9', 'USD', false],
    ['1,000', 'USD', false],
    ['1000000000000000', 'USD', false],
  ])('%s %s can be taken: %s', (text, currency, ok) => {
    expect(amountProblem(text, currency) === null).toBe(ok)
  })
})

describe('the ledger', () => {
  test('kinds and currencies are never added up; cancelling takes off the commitment', () => {
    const totals = totalsOf([
      { kind: 'indicated', amount: '300', currency: 'USD' },
      { kind: 'committed', amount: '100.5', currency: 'USD' },
      { kind: 'cancelled', amount: '20', currency: 'USD' },
      { kind: 'disbursed', amount: '30', currency: 'USD' },
      { kind: 'disbursed', amount: '-30', currency: 'USD' },
      { kind: 'disbursed', amount: '10', currency: 'USD' },
      { kind: 'committed', amount: '7', currency: 'EUR' },
    ])
    expect(totals.map(({ currency }) => currency)).toEqual(['USD', 'EUR'])
    expect(totals[0]?.sums).toEqual({
      ...{ indicated: '300', requested: '0', approved: '0', committed: '80.5' },
      ...{ disbursed: '10', repaid: '0', cancelled: '20' },
    })
    expect(totals[0] && undrawn(totals[0].sums)).toBe('70.5')
    expect(gapOf({ amount: '1000', currency: 'USD' }, totals)).toBe(null)
    expect(gapOf({ amount: '1000', currency: 'USD' }, totals.slice(0, 1))).toBe('919.5')
    expect(gapOf({ amount: '10', currency: 'USD' }, totals.slice(0, 1))).toBe('0')
    expect(gapOf(null, totals)).toBe(null)
  })
  test('what is only indicated, requested or approved leaves the gap as it is', () => {
    for (const kind of LEDGER_KINDS.filter((one) => one !== 'committed' && one !== 'cancelled'))
      expect(
        gapOf({ amount: '1000', currency: 'USD' }, totalsOf([{ kind, amount: '400', currency: 'USD' }])),
      ).toBe('1000')
  })
})

const WAY: Record<FinancingMove, Partial<Record<FinancingStage, FinancingStage>>> = {
  issue_letter: { enquiry: 'letter_of_interest' },
  apply: { enquiry: 'application', letter_of_interest: 'application' },
  begin_due_diligence: { application: 'due_diligence' },
  offer_terms: { due_diligence: 'term_sheet' },
  approve: { term_sheet: 'approved' },
  commit: { approved: 'committed' },
  make_effective: { committed: 'effective' },
  begin_disbursing: { effective: 'disbursing' },
  complete: { disbursing: 'completed' },
  hold: Object.fromEntries(OPEN_FINANCING_STAGES.map((stage) => [stage, 'on_hold'])),
  resume: {},
  decline: Object.fromEntries(
    (
      ['enquiry', 'letter_of_interest', 'application', 'due_diligence', 'term_sheet', 'approved'] as const
    ).map((stage) => [stage, 'declined']),
  ),
  withdraw: Object.fromEntries(
    (
      ['enquiry', 'letter_of_interest', 'application', 'due_diligence', 'term_sheet', 'approved'] as const
    ).map((stage) => [stage, 'withdrawn']),
  ),
  cancel: { committed: 'cancelled', effective: 'cancelled', disbursing: 'cancelled' },
}

describe('stages', () => {
  test.each(FINANCING_MOVES)('%s leads where it should, from every stage', (move) => {
    for (const stage of FINANCING_STAGES)
      if (stage !== 'on_hold') expect(moveTo(move, stage, null), stage).toBe(WAY[move][stage] ?? null)
  })
  test('what is on hold goes back to where it was, or ends as that stage would', () => {
    for (const held of OPEN_FINANCING_STAGES) {
      expect(moveTo('resume', 'on_hold', held)).toBe(held)
      expect(moveTo('withdraw', 'on_hold', held)).toBe(WAY.withdraw[held] ?? null)
      expect(moveTo('cancel', 'on_hold', held)).toBe(WAY.cancel[held] ?? null)
      expect(moveTo('commit', 'on_hold', held)).toBe(null)
    }
  })
  test('nothing leaves a stage that is over', () => {
    for (const stage of FINANCING_STAGES.filter(isOver))
      for (const move of FINANCING_MOVES) expect(moveTo(move, stage, null)).toBe(null)
  })
})

describe('conditions and tranches', () => {
  const CONDITION: Record<ConditionAct, ConditionState[]> = {
    submit: ['open', 'returned'],
    return: ['submitted'],
    satisfy: ['submitted'],
    propose_waiver: ['open', 'submitted', 'returned'],
    confirm_waiver: ['open', 'submitted', 'returned'],
  }
  test.each(CONDITION_ACTS)('%s of a condition', (act) => {
    expect(CONDITION_STATES.filter((state) => CONDITION_RULES[act].from.includes(state))).toEqual(
      CONDITION[act],
    )
  })
  test('what is open keeps money back: its own tranche’s, and every gate before it', () => {
    const one = (
      gate: 'signing' | 'every_disbursement' | 'tranche',
      state: ConditionState,
      trancheId: string | null = null,
    ) => ({
      ...{ gate, state, trancheId },
    })
    expect(inTheWay([one('signing', 'satisfied'), one('every_disbursement', 'waived')], 't1')).toEqual([])
    expect(inTheWay([one('tranche', 'open', 't2')], 't1')).toEqual([])
    expect(inTheWay([one('tranche', 'returned', 't1'), one('signing', 'submitted')], 't1')).toHaveLength(2)
    expect(
      unmetUpTo([one('every_disbursement', 'open'), one('signing', 'open')], 'first_disbursement'),
    ).toHaveLength(1)
  })
  const TRANCHE: Record<(typeof TRANCHE_ACTS)[number], TrancheState[]> = {
    request: ['planned'],
    approve: ['requested'],
    pay: ['approved'],
    fail: ['approved'],
    drop: ['planned', 'requested', 'approved'],
  }
  test.each(TRANCHE_ACTS)('%s of a tranche', (act) => {
    expect(TRANCHE_STATES.filter((state) => TRANCHE_RULES[act].from.includes(state))).toEqual(TRANCHE[act])
    expect(TRANCHE_RULES[act].from.every(isOpenTranche)).toBe(true)
  })
})

describe('instruments', () => {
  test('two of them buy in tonnes', () => {
    expect(INSTRUMENTS.filter(boughtInTonnes)).toEqual(['offtake', 'stockpile_purchase'])
  })
  test('published limits warn, with source and date', () => {
    const ask = {
      institution: 'DFC',
      instrument: 'direct_loan' as const,
      amount: '1200000000',
      currency: 'USD',
      tenorYears: 20,
      capitalCost: '2000000000',
    }
    expect(limitWarnings(ask)).toHaveLength(3)
    for (const { source, asOf } of limitWarnings(ask)) expect(source && asOf).toBeTruthy()
    expect(limitWarnings({ ...ask, amount: '500000000', tenorYears: 10 })).toEqual([])
    expect(limitWarnings({ ...ask, institution: 'JBIC' })).toEqual([])
  })
})
