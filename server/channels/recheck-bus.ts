/** Tells every node that rights may have changed: PostgreSQL's NOTIFY, heard on a connection of its own. */
import pg from 'pg'
import { z } from 'zod'
import type { Database } from '../../db/connection'

const CHANNEL = 'forge_recheck'
const AGAIN_MS = 500
const CONNECT_MS = 3000

const recheck = z.union([z.object({ channel: z.string() }), z.object({ user: z.string() })])
export type Recheck = z.infer<typeof recheck>

export interface RecheckBus {
  tell(recheck: Recheck): Promise<void>
  close(): Promise<void>
}

export type RecheckHooks = {
  heard(recheck: Recheck): void
  /** The connection was away: something may have been missed. */
  missed(): void
  failed(error: unknown): void
}

export function listenForRechecks(db: Database, hooks: RecheckHooks): RecheckBus {
  let client: pg.Client | null = null
  let closed = false
  let wasAway = false

  const again = (error: unknown, from: pg.Client) => {
    if (client !== from || closed) return
    client = null
    wasAway = true
    hooks.failed(error)
    from.end().catch(() => {})
    setTimeout(() => void listen(), AGAIN_MS).unref()
  }

  async function listen(): Promise<void> {
    if (closed) return
    const mine = new pg.Client({
      connectionString: db.$client.options.connectionString,
      application_name: 'forge-recheck',
      connectionTimeoutMillis: CONNECT_MS,
      keepAlive: true,
    })
    client = mine
    mine.on('error', (error) => again(error, mine))
    mine.on('end', () => again(new Error('the connection ended'), mine))
    mine.on('notification', ({ payload }) => {
      const heard = recheck.safeParse(parseJson(payload ?? ''))
      if (heard.success) hooks.heard(heard.data)
    })
    try {
      await mine.connect()
      await mine.query(`listen ${CHANNEL}`)
      if (wasAway) hooks.missed()
      wasAway = false
    } catch (error) {
      again(error, mine)
    }
  }

  void listen()
  return {
    async tell(message) {
      await db.$client.query('select pg_notify($1, $2)', [CHANNEL, JSON.stringify(message)])
    },
    async close() {
      closed = true
      await client?.end().catch(() => {})
    },
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
