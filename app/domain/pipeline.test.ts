import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Rate } from './exchange-rate'
import { LEDGER_KINDS, totalsOf } from './money-ledger'
import { FINANCING_MOVES, FINANCING_STAGES, moveTo } from './money-stages'
import {
  BOARD_STAGES,
  ENDED_STAGES,
  moveBetween,
  pipelineWish,
  STUCK_DAYS,
  stuckOf,
  type Waiting,
} from './pipeline'
import { inOneCurrency } from './pipeline-totals'

describe('a card on the board', () => {
  it('moves where the machine leads, and by one move only', () => {
    for (const from of FINANCING_STAGES)
      for (const held of [null, ...BOARD_STAGES.filter((stage) => stage !== 'on_hold')]) {
        const reached = FINANCING_MOVES.flatMap((move) => moveTo(move, from, held) ?? [])
        expect(new Set(reached).size, `${from}, held from ${held}`).toBe(reached.length)
        for (const to of FINANCING_STAGES) {
          const move = moveBetween(from, to, held)
          expect(move !== null).toBe(from !== to && reached.includes(to))
        }
      }
  })

  it('stands in one column, or is over', () => {
    expect([...BOARD_STAGES, ...ENDED_STAGES].sort()).toEqual([...FINANCING_STAGES].sort())
  })
})

describe('what is stuck', () => {
  const now = new Date('2026-11-25T12:00:00Z')
  const ask = (more: Partial<Waiting> = {}): Waiting => ({
    ...{ stage: 'due_diligence', since: now, lead: 'Kenya', institution: 'JBIC' },
    ...{ letterExpiresOn: null, resumeOn: null, overdue: [] },
    ...more,
  })
  const ago = (days: number) => new Date(now.getTime() - days * 86_400_000)

  it('waits longer than it may, on whose turn it is', () => {
    expect(stuckOf(ask({ since: ago(STUCK_DAYS) }), now)).toEqual([])
    expect(stuckOf(ask({ since: ago(STUCK_DAYS + 1) }), now)).toEqual([
      { why: '61 days in “Due diligence”', onWhom: 'JBIC' },
    ])
    expect(stuckOf(ask({ stage: 'letter_of_interest', since: ago(70) }), now)[0]?.onWhom).toBe('Kenya')
    expect(stuckOf(ask({ stage: 'approved', since: ago(70) }), now)[0]?.onWhom).toBe('Kenya and JBIC')
  })

  it('names the condition’s own delegation, an expired letter, a day to resume that passed', () => {
    const overdue = [{ responsible: 'Japan', dueOn: '2026-11-01' }]
    expect(stuckOf(ask({ overdue }), now)).toEqual([
      { why: 'a condition was due on 2026-11-01', onWhom: 'Japan' },
    ])
    expect(stuckOf(ask({ stage: 'letter_of_interest', letterExpiresOn: '2026-11-24' }), now).length).toBe(1)
    expect(stuckOf(ask({ stage: 'letter_of_interest', letterExpiresOn: '2026-11-25' }), now).length).toBe(0)
    expect(stuckOf(ask({ stage: 'on_hold', resumeOn: '2026-11-24' }), now).length).toBe(1)
  })

  it('is nothing that is over, or known from a source only', () => {
    expect(stuckOf(ask({ stage: 'completed', since: ago(900) }), now)).toEqual([])
    expect(stuckOf(ask({ since: null }), now)).toEqual([])
  })
})

describe('sums', () => {
  const rate = (base: string, value: string): Rate => ({
    ...{ base, quote: 'USD', day: '2026-11-20', rate: value, source: 'a bank' },
  })
  const on = '2026-11-25'

  it('over currencies name their rates, and are not given while one is missing', () => {
    const totals = totalsOf([
      { kind: 'committed', amount: '100', currency: 'USD' },
      { kind: 'committed', amount: '10', currency: 'EUR' },
      { kind: 'indicated', amount: '7', currency: 'EUR' },
    ])
    const sum = inOneCurrency(totals, 'USD', [rate('EUR', '1.1')], on)
    expect(sum).toMatchObject({ sums: { committed: '111', indicated: '7.7' }, missing: [] })
    expect(sum.by.map(({ base }) => base)).toEqual(['EUR'])
    expect(inOneCurrency(totals, 'USD', [], on)).toMatchObject({ sums: null, missing: ['EUR'] })
  })

  it('never mix kinds: each is what its own lines give', () => {
    const line = fc.record({
      kind: fc.constantFrom(...LEDGER_KINDS),
      amount: fc.bigInt({ min: 1n, max: 10n ** 12n }).map(String),
      currency: fc.constantFrom('USD', 'EUR', 'JPY'),
    })
    const rates = [rate('EUR', '2'), rate('JPY', '0.5')]
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
        const all = inOneCurrency(totalsOf(lines), 'USD', rates, on).sums
        for (const kind of LEDGER_KINDS.filter((one) => one !== 'committed')) {
          const alone = inOneCurrency(
            totalsOf(lines.filter((one) => one.kind === kind)),
            'USD',
            rates,
            on,
          ).sums
          expect(all?.[kind] ?? '0').toBe(alone?.[kind] ?? '0')
        }
      }),
    )
  })
})

it('what the address bar does not know is as if it were not there', () => {
  const wish = pipelineWish(new URLSearchParams('view=x&stage=y&at=z&in=usd&page=-3&stuck=2&q=%20'))
  expect(wish).toMatchObject({
    view: 'board',
    stage: null,
    at: null,
    currency: null,
    page: 1,
    stuck: false,
    search: null,
  })
})
