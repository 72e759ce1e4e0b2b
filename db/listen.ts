/** PostgreSQL's NOTIFY, heard on a connection of its own that comes back by itself. */
import pg from 'pg'
import type { Database } from './connection'

const AGAIN_MS = 500
const CONNECT_MS = 3000

export type ListenHooks = {
  heard(payload: string): void
  /** The connection was away: something may have been missed. */
  missed(): void
  failed(error: unknown): void
}

/** Listens until it is closed. `name` stands in the database's list of connections. */
export function listen(
  db: Database,
  { name, channel }: { name: string; channel: string },
  hooks: ListenHooks,
): { close(): Promise<void> } {
  let client: pg.Client | null = null
  let closed = false
  let wasAway = false

  const again = (error: unknown, from: pg.Client) => {
    if (client !== from || closed) return
    client = null
    wasAway = true
    hooks.failed(error)
    from.end().catch(() => {})
    setTimeout(() => void start(), AGAIN_MS).unref()
  }

  async function start(): Promise<void> {
    if (closed) return
    const mine = new pg.Client({
      connectionString: db.$client.options.connectionString,
      application_name: name,
      connectionTimeoutMillis: CONNECT_MS,
      keepAlive: true,
    })
    client = mine
    mine.on('error', (error) => again(error, mine))
    mine.on('end', () => again(new Error('the connection ended'), mine))
    mine.on('notification', ({ payload }) => hooks.heard(payload ?? ''))
    try {
      await mine.connect()
      await mine.query(`listen ${channel}`)
      if (wasAway) hooks.missed()
      wasAway = false
    } catch (error) {
      again(error, mine)
    }
  }

  void start()
  return {
    async close() {
      closed = true
      await client?.end().catch(() => {})
    },
  }
}
