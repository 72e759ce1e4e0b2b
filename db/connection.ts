import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import * as schema from './schema/index'

export type Database = NodePgDatabase<typeof schema> & { $client: pg.Pool }
/** What a verb's inner steps take: a transaction, or the database itself for a single read. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]
export type Queryable = Database | Transaction

/** Nobody waits for ever for a database that hangs: a page then says that it is away. ms. */
const CONNECT_MS = 5000
const STATEMENT_MS = 14_000
/** The client's own limit, for a database that does not even answer with an error. */
const ANSWER_MS = 15_000

/** A process that is frozen inside a transaction keeps what it locked from everybody else for no longer. ms. */
const IDLE_MS = 10_000

/** A pool on `url`; errors of connections (a database that restarts) go to `onError` instead of ending the process. */
export function connect(url: string, onError: (error: Error) => void, max = 10): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: 'forge-portal',
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    query_timeout: ANSWER_MS,
    idle_in_transaction_session_timeout: IDLE_MS,
  })
  hearErrors(pool, onError)
  const db = drizzle(pool, { schema })
  db.transaction = transactionsOf(pool)
  return db
}

/**
 * Drizzle's own `transaction` on a pool keeps the connection for ever when BEGIN fails, as it does while the database
 * restarts: a few of those and nobody gets a connection any more. And it gives one back whose ROLLBACK got no answer:
 * the next statement would run in the old transaction. Here each comes back, or is closed when it is not idle.
 */
function transactionsOf(pool: pg.Pool): Database['transaction'] {
  const databases = new WeakMap<pg.PoolClient, NodePgDatabase<typeof schema>>()
  return async (work, config) => {
    const client = await pool.connect()
    const db = databases.get(client) ?? drizzle(client, { schema })
    databases.set(client, db)
    try {
      return await db.transaction(work, config)
    } finally {
      client.release(client.getTransactionStatus() !== 'I')
    }
  }
}

/**
 * The pool listens to its idle connections only. One that breaks while a transaction holds it, between two statements,
 * would end the process.
 */
export function hearErrors(pool: pg.Pool, onError: (error: Error) => void): void {
  pool.on('error', onError)
  pool.on('connect', (client) => client.on('error', () => {}))
}
