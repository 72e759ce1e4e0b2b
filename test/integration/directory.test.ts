import { beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../db/connection'
import {
  agreementOf,
  listPartners,
  obligationsDue,
  type PartnerFilter,
  partnerOf,
} from '../../db/queries/partners'
import { agreementPartners, agreements, obligations, partners, standings } from '../../db/schema'
import { testDatabase } from '../harness/database'

let db: Database

const partner = (iso2: string, iso3: string, name: string, region: string) => ({
  iso2,
  iso3,
  name,
  region,
  type: 'country',
  attendedMinisterial: true,
})
const standing = (partnerIso2: string, value: 'member' | 'observer' | 'not_known' | 'not_a_member') => ({
  partnerIso2,
  programme: 'forge' as const,
  value,
  asOf: '2026-11-23',
})

beforeAll(async () => {
  ;({ db } = await testDatabase())
  await db
    .insert(partners)
    .values([
      partner('AU', 'AUS', 'Australia', 'Oceania'),
      partner('JP', 'JPN', 'Japan', 'Asia'),
      partner('KZ', 'KAZ', 'Kazakhstan', 'Asia'),
      partner('US', 'USA', 'United States', 'Americas'),
    ])
  await db
    .insert(standings)
    .values([standing('US', 'member'), standing('JP', 'observer'), standing('AU', 'not_known')])
  await db
    .insert(standings)
    .values([{ ...standing('JP', 'not_a_member'), asOf: '2025-01-01', validTo: '2026-02-04' }])
  await db.insert(agreements).values([
    { id: 'us-jp', title: 'Framework', date: '2025-10-27', kind: 'framework', topics: [], batch: 'first' },
    { id: 'quad', title: 'Quad', date: '2026-05', kind: 'initiative', topics: [] },
    { id: 'us-kz', title: 'Memorandum', date: null, kind: 'mou', topics: [], batch: 'first' },
  ])
  await db.insert(agreementPartners).values(
    [
      ['us-jp', 'US'],
      ['us-jp', 'JP'],
      ['quad', 'JP'],
      ['quad', 'AU'],
      ['quad', 'US'],
      ['us-kz', 'US'],
      ['us-kz', 'KZ'],
    ].map(([agreementId = '', partnerIso2 = '']) => ({ agreementId, partnerIso2 })),
  )
  const owed = { kind: 'deadline', dueIsComputed: true }
  await db.insert(obligations).values([
    { ...owed, agreementId: 'us-jp', position: 1, text: 'later', due: '2027-01-01' },
    { ...owed, agreementId: 'us-jp', position: 2, text: 'without a date', due: null },
    { ...owed, agreementId: 'us-jp', position: 3, text: 'done', due: '2026-01-01', state: 'met' },
    { ...owed, agreementId: 'quad', position: 1, text: 'sooner', due: '2026-03-06' },
  ])
})

describe('the list of partners', () => {
  const found = async (filter: PartnerFilter) => (await listPartners(db, filter)).map((one) => one.iso2)

  test.each<[string, PartnerFilter, string[]]>([
    ['everything, by name', {}, ['AU', 'JP', 'KZ', 'US']],
    ['part of a name, any case', { q: 'STAN' }, ['KZ']],
    ['an ISO code of two or three letters', { q: 'jpn' }, ['JP']],
    ['a wildcard is a letter', { q: '%' }, []],
    ['a region', { region: 'Asia' }, ['JP', 'KZ']],
    ['a programme: whoever takes part', { programme: 'forge' }, ['JP', 'US']],
    ['a standing that has ended does not count', { programme: 'forge', standing: 'not_a_member' }, []],
    ['not known, recorded or not', { programme: 'forge', standing: 'not_known' }, ['AU', 'KZ']],
    ['all together', { q: 'a', region: 'Asia', programme: 'forge', standing: 'observer' }, ['JP']],
  ])('%s', async (_name, filter, iso2s) => {
    expect(await found(filter)).toEqual(iso2s)
  })

  test('says how many agreements there are, and how the partner stands now', async () => {
    const [japan] = await listPartners(db, { q: 'JP' })
    expect(japan).toMatchObject({ agreementCount: 2, inPortal: false, standings: { forge: 'observer' } })
  })
})

test('a partner comes with ended standings too, and its agreements newest first', async () => {
  const japan = await partnerOf(db, 'JP')
  expect(japan?.standings.map((one) => one.value)).toEqual(['observer', 'not_a_member'])
  expect(japan?.agreements.map((one) => one.id)).toEqual(['quad', 'us-jp'])
  expect(japan?.agreements[1]?.parties.map((one) => one.iso2)).toEqual(['JP', 'US'])
  expect(await partnerOf(db, 'ZZ')).toBeNull()
})

test('an agreement names others of its parties, and of its batch', async () => {
  const found = await agreementOf(db, 'us-jp')
  expect(found?.agreement.obligations.map((one) => one.position)).toEqual([1, 2, 3])
  expect(found?.ofParties.map((one) => one.id)).toEqual(['quad'])
  expect(found?.sameBatch.map((one) => one.id)).toEqual(['us-kz'])
  expect(await agreementOf(db, 'none')).toBeNull()
})

test('what is due: open and dated, the earliest first', async () => {
  expect((await obligationsDue(db, 'JP')).map((one) => one.text)).toEqual(['sooner', 'later'])
  expect(await obligationsDue(db, 'KZ')).toEqual([])
})
