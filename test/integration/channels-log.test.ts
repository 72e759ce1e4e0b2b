import { sql } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { channels } from '../../db/schema/channels'
import type { Log } from '../../server/channels/log'
import { postgresLog } from '../../server/channels/log-postgres'
import { logContract } from '../contracts/log-contract'
import { testDatabase } from '../harness/database'

let log: Log | undefined
afterAll(() => log?.close())

logContract('in PostgreSQL', async () => {
  const { db } = await testDatabase()
  log = postgresLog(db, () => {})
  const create = async (id: string) => {
    await db.insert(channels).values({ id, kind: 'document' })
  }
  return { log, create }
})

test('a channel never goes, nor changes its name: the entries of its log would be left without it', async () => {
  const { db } = await testDatabase()
  await db.insert(channels).values({ id: 'kept', kind: 'document' })
  for (const statement of [
    sql`delete from channels where id = 'kept'`,
    sql`update channels set id = 'other' where id = 'kept'`,
    sql`truncate channels cascade`,
  ]) {
    await expect(db.execute(statement)).rejects.toThrow()
  }
  expect(await db.$count(channels, sql`id = 'kept'`)).toBe(1)
})
