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

/** A pool on `url`; errors of idle connections (a database that restarts) go to `onIdleError` instead of ending the process. */
export function connect(url: string, onIdleError: (error: Error) => void, max = 10): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: 'forge-portal',
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    query_timeout: ANSWER_MS,
  })
  pool.on('error', onIdleError)
  return drizzle(pool, { schema })
}
