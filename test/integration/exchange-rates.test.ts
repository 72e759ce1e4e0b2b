/** Exchange rates: who enters them, one a day and pair, and nothing of what was is lost. */
import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import type { RateInput } from '../../app/domain/exchange-rate'
import type { Actor } from '../../app/domain/people'
import type { Database } from '../../db/connection'
import { latestRates, rateList } from '../../db/queries/exchange-rates'
import { auditEntries, exchangeRates } from '../../db/schema'
import { enterRates } from '../../server/exchange-rates/enter'
import { withdrawRate } from '../../server/exchange-rates/withdraw'
import { newId } from '../../server/ids'
import { testDatabase } from '../harness/database'
import { NOT_FOUND, type Records, startRecords } from '../harness/records'

let db: Database
let records: Records
let administrator: Actor

beforeAll(async () => {
  ;({ db } = await testDatabase())
  records = await startRecords(db)
  administrator = await records.as('secretariat', 'administrator')
})

const rate = (more: Partial<RateInput> = {}): RateInput => ({
  ...{ base: 'EUR', quote: 'USD', day: '2026-11-20', rate: '1.0842', source: 'European Central Bank' },
  ...more,
})
const list = () => rateList(db, { currency: null, page: 1 })

test('nobody but administrators enters or withdraws one', async () => {
  for (const actor of [
    await records.as('kenya', 'head'),
    await records.as('secretariat', 'coordinator'),
    await records.as('secretariat', 'secretary'),
  ]) {
    await expect(enterRates(db, actor, [rate()], null)).rejects.toMatchObject({ fault: 'forbidden' })
    await expect(withdrawRate(db, actor, { id: newId(), why: 'wrong' }, null)).rejects.toMatchObject({
      fault: 'forbidden',
    })
  }
  expect((await list()).total).toBe(0)
})

test('a pair has one rate a day, whichever stands first; a file is taken whole or not at all', async () => {
  await enterRates(db, administrator, [rate()], null)
  const again = rate({ base: 'USD', quote: 'EUR', rate: '0.92' })
  await expect(
    enterRates(db, administrator, [rate({ day: '2026-11-21' }), again], null),
  ).rejects.toMatchObject({ fault: 'conflict' })
  await expect(enterRates(db, administrator, [rate({ day: '2999-01-01' })], null)).rejects.toMatchObject({
    fault: 'invalid',
  })
  expect((await list()).total).toBe(1)
  const outcomes = await Promise.allSettled(
    Array.from({ length: 4 }, () => enterRates(db, administrator, [rate({ day: '2026-11-22' })], null)),
  )
  expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBe(1)
})

test('a withdrawn one stays with its reason, converts nothing, and makes room for the right one', async () => {
  const wrong = rate({ base: 'JPY', rate: '15' })
  await enterRates(db, administrator, [wrong], null)
  const [row] = await db.select().from(exchangeRates).where(eq(exchangeRates.base, 'JPY'))
  const withdraw = () =>
    withdrawRate(db, administrator, { id: row?.id ?? '', why: 'the other way round' }, null)
  await withdraw()
  await expect(withdraw()).rejects.toMatchObject({ fault: 'conflict' })
  await expect(withdrawRate(db, administrator, { id: newId(), why: 'none' }, null)).rejects.toMatchObject(
    NOT_FOUND,
  )
  expect((await latestRates(db)).map(({ base }) => base)).not.toContain('JPY')
  await enterRates(db, administrator, [{ ...wrong, base: 'USD', quote: 'JPY', rate: '150.25' }], null)
  const { rows } = await rateList(db, { currency: 'JPY', page: 1 })
  expect(rows.map(({ base, withdrawnWhy }) => [base, withdrawnWhy])).toEqual([
    ['JPY', 'the other way round'],
    ['USD', null],
  ])
  const trail = await db.select().from(auditEntries).where(eq(auditEntries.objectKind, 'exchange_rate'))
  expect(trail.map(({ act }) => act)).toEqual([
    ...['exchange_rate.enter', 'exchange_rate.enter', 'exchange_rate.enter'],
    ...['exchange_rate.withdraw', 'exchange_rate.enter'],
  ])
})
