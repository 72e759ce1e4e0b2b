/** A database of one's own for a test file, copied from the migrated template. */
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { connect, type Database } from '../../db/connection'
import { withDatabase } from './database-url'
import './provided'

export type TestDatabase = { db: Database; url: string }

/** Call it in `beforeAll`; the database is dropped when the file's tests are done. */
export async function testDatabase(): Promise<TestDatabase> {
  const serverUrl = inject('serverUrl')
  const name = `forge_test_${randomBytes(6).toString('hex')}`
  const admin = new pg.Client({ connectionString: serverUrl })
  await admin.connect()
  try {
    // Two copies of one template at once refuse each other: take turns.
    await admin.query('select pg_advisory_lock(2026)')
    await admin.query(`create database ${name} template ${inject('template')}`)
  } finally {
    await admin.end()
  }
  const url = withDatabase(serverUrl, name)
  const db = connect(url, () => {})
  afterAll(async () => {
    await db.$client.end()
    const end = new pg.Client({ connectionString: serverUrl })
    await end.connect()
    await end.query(`drop database if exists ${name} with (force)`).finally(() => end.end())
  })
  return { db, url }
}
