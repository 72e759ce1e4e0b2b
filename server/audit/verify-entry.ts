/**
 * `npm run audit:verify`: reads the whole audit trail and names the first entry that was altered, or that follows one
 * that was removed. Beside a portal that runs, or without one; on `DATABASE_URL` or the data folder's own database.
 * Ends with 1 when the trail is broken, 2 when it could not be read.
 */

import { eq } from 'drizzle-orm'
import pg from 'pg'
import { connect, type Database } from '../../db/connection'
import { auditEntries } from '../../db/schema/audit'
import { loadConfig } from '../config'
import { createLog } from '../log'
import { startEmbedded } from '../postgres/embedded'
import { socketsOf, socketUrl } from '../postgres/socket'
import { verifyAuditTrail } from './verify'

const DATABASE = 'forge'

async function main(): Promise<number> {
  const { databaseUrl, dataDir } = loadConfig({ ...process.env, NODE_ENV: 'test' })
  const beside = socketUrl(socketsOf(dataDir), DATABASE)
  if (databaseUrl) return verify(databaseUrl)
  if (await answers(beside)) return verify(beside)
  const own = await startEmbedded({ folder: dataDir, log: createLog('error') })
  return verify(own.url).finally(() => own.stop())
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

async function verify(url: string): Promise<number> {
  const db = connect(url, () => {})
  try {
    const { end, broken } = await verifyAuditTrail(db)
    process.stdout.write(broken === null ? whole(end) : await brokenAt(db, broken))
    return broken === null ? 0 : 1
  } finally {
    await db.$client.end()
  }
}

const whole = ({ id, hash }: { id: number; hash: string }) =>
  `The audit trail is whole: ${id} entries. The last one's hash, to be kept elsewhere:\n${hash}\n`

async function brokenAt(db: Database, id: number): Promise<string> {
  const [entry] = await db.select().from(auditEntries).where(eq(auditEntries.id, id))
  const what = entry
    ? ` (${entry.act} of ${entry.objectKind} ${entry.objectId}, ${entry.at.toISOString()})`
    : ''
  return `The audit trail is broken at entry ${id}${what}: it was altered, or what stood before it was removed or altered.\n`
}

main().then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    process.stderr.write(
      `The audit trail could not be read: ${error instanceof Error ? error.message : error}\n`,
    )
    process.exitCode = 2
  },
)
