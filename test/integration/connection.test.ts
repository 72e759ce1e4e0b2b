/** Connections come back to the pool, whatever becomes of the transactions on them. */
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Database } from '../../db/connection'
import { testDatabase } from '../harness/database'

const MOST = 2
let db: Database

beforeAll(async () => {
  db = connect((await testDatabase()).url, () => {}, MOST)
})

afterAll(async () => {
  await db.$client.end()
})

const works = () => db.transaction(async (tx) => (await tx.execute(sql`select 1 as n`)).rows)

test('a transaction that cannot even begin costs no connection', async () => {
  for (let nth = 0; nth <= MOST; nth++) {
    db.$client.once('acquire', (client) => void client.end())
    await expect(works()).rejects.toThrow()
  }
  expect(await works()).toEqual([{ n: 1 }])
})

test('a transaction whose end gets no answer leaves nothing to the next', async () => {
  for (let nth = 0; nth <= MOST; nth++)
    await expect(
      db.transaction((tx) => tx.execute(sql`select pg_terminate_backend(pg_backend_pid())`)),
    ).rejects.toThrow()
  expect(await works()).toEqual([{ n: 1 }])
})

test('one that fails is undone, and its connection used again', async () => {
  await expect(
    db.transaction(async (tx) => {
      await tx.execute(sql`create table left_behind (n int)`)
      throw new Error('no')
    }),
  ).rejects.toThrow('no')
  expect((await db.execute(sql`select to_regclass('left_behind') as found`)).rows).toEqual([{ found: null }])
  expect(await works()).toEqual([{ n: 1 }])
})
