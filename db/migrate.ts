import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'

/** Any number that no other advisory lock of the portal uses. */
const MIGRATION_LOCK = 7_340_231

/** `db/migrations`, found from the source as well as from the bundle below `build/`. */
function migrationsFolder(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url))
  for (;;) {
    const candidate = path.join(folder, 'db/migrations')
    if (existsSync(path.join(candidate, 'meta/_journal.json'))) return candidate
    const parent = path.dirname(folder)
    if (parent === folder) throw new Error('db/migrations was not found above the portal’s own code')
    folder = parent
  }
}

/** Brings the database at `url` to the schema's newest version. Two starts at once take turns. */
export async function migrate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  // What breaks is told by the statement that was under way.
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    await runMigrations(drizzle(client), { migrationsFolder: migrationsFolder() })
  } finally {
    await client.end()
  }
}
