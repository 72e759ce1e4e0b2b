import { afterAll } from 'vitest'
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
