/** Clocks that a test moves: a node's own, and that of the database which a portal of one's own stands on. */
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { connect } from '../../db/connection'
import { migrate } from '../../db/migrate'
import { startEmbedded } from '../../server/postgres/embedded'
import { connectBeside, type PortalProcess, startPortal } from './portal-process'

const SEEN_MS = 15_000

/** The clock of a node that is started with `env`. `file`: where it is told how far it goes ahead; the test's own. */
export async function nodeClock(file: string) {
  await writeFile(file, '0')
  return {
    env: {
      NODE_OPTIONS: `--import ${new URL('node-clock.mjs', import.meta.url).href}`,
      FORGE_TEST_CLOCK: file,
    },
    /** Resolves when the node has it. `ms`: ahead of the machine's clock; behind it below zero. */
    async move(ms: number): Promise<void> {
      await writeFile(file, String(ms))
      for (const late = Date.now() + SEEN_MS; ; await sleep(50)) {
        const seen = await readFile(`${file}.seen`, 'utf8').catch(() => '')
        if (seen === String(Math.round(ms / 1000) * 1000)) return
        if (Date.now() > late) throw new Error('the node did not see that its clock was moved')
      }
    },
  }
}

/** Found before PostgreSQL's own, as the database's search path has them first; defaults ask them too. */
const DATABASE_CLOCK = `
  create table test_clock (ahead interval not null);
  insert into test_clock values ('0');
  create function public.clock_timestamp() returns timestamptz language sql volatile
    as 'select pg_catalog.clock_timestamp() + ahead from public.test_clock';
  create function public.now() returns timestamptz language sql stable
    as 'select pg_catalog.now() + ahead from public.test_clock';
  alter database forge set search_path = public, pg_catalog;
  do $$ declare one record; begin
    for one in select table_name, column_name from information_schema.columns
      where table_schema = 'public' and column_default = 'now()'
    loop
      execute format('alter table public.%I alter column %I set default public.now()', one.table_name, one.column_name);
    end loop;
  end $$;
`

export type MovedPortal = PortalProcess & {
  /** Lets time pass for the portal and its database at once. */
  pass: (ms: number) => Promise<void>
}

/** A portal on an empty folder whose time a test lets pass: deadlines of days come within a test. */
export async function startMovedPortal(folder: string): Promise<MovedPortal> {
  const embedded = await startEmbedded({ folder, log: pino({ level: 'silent' }) })
  try {
    await migrate(embedded.url)
    const db = connect(embedded.url, () => {})
    await db.$client.query(DATABASE_CLOCK).finally(() => db.$client.end())
  } finally {
    await embedded.stop()
  }
  const { env, move } = await nodeClock(path.join(folder, 'clock'))
  const portal = await startPortal(folder, { env })
  let ahead = 0
  return {
    ...portal,
    async pass(ms) {
      ahead += ms
      await move(ahead)
      const client = await connectBeside(folder)
      await client
        .query('update test_clock set ahead = make_interval(secs => $1)', [ahead / 1000])
        .finally(() => client.end())
    },
  }
}
