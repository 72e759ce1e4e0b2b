/** Hocuspocus with its Database extension on PostgreSQL, as its documentation sets it up. */
import { Database } from '@hocuspocus/extension-database'
import { Server } from '@hocuspocus/server'
import pg from 'pg'

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL })
await pool.query('create table if not exists peer_documents (name text primary key, data bytea not null)')

const server = new Server({
  address: '127.0.0.1',
  port: Number(process.env.PORT),
  quiet: true,
  flushDelay: Number(process.env.FLUSH_DELAY ?? 0),
  extensions: [
    new Database({
      fetch: async ({ documentName }) => {
        const { rows } = await pool.query('select data from peer_documents where name = $1', [documentName])
        return rows[0]?.data ?? null
      },
      store: async ({ documentName, state }) => {
        await pool.query(
          'insert into peer_documents values ($1, $2) on conflict (name) do update set data = excluded.data',
          [documentName, state],
        )
      },
    }),
  ],
})
await server.listen()
// Ends with the bench.
process.once('disconnect', () => process.exit())
process.send?.('ready')
