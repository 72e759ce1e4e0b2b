/** The built portal as a process: what it says and does when it cannot start, and on a PostgreSQL of one's own. */
import { execFileSync, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../harness/database'
import { startPortal } from '../harness/portal-process'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
const SECRET = 'a-secret-of-thirty-two-characters'

let folder: string
let url: string
beforeAll(async () => {
  // Up to date, this takes a moment.
  execFileSync(process.execPath, ['server/build.mjs'], { cwd: root, stdio: 'inherit' })
  folder = await mkdtemp(path.join(tmpdir(), 'forge-start-'))
  url = (await testDatabase()).url
}, 240_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Runs the portal to its end. */
function run(env: Record<string, string>): Promise<{ code: number | null; out: string; err: string }> {
  const { DATABASE_URL: _ours, NODE_ENV: _test, ...rest } = process.env
  const child = spawn(process.execPath, ['build/portal/main.js'], {
    cwd: root,
    env: { ...rest, NODE_ENV: 'production', DATA_DIR: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text
  })
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...said })))
}

test('a variable that cannot be used stops the start: its name, what is allowed, and nothing else', async () => {
  const { code, out, err } = await run({ PORT: 'http', METRICS_TOKEN: 'short-secret' })
  expect(code).toBe(1)
  expect(out).toBe('')
  expect(err).toBe(
    [
      'The portal cannot start with this environment:',
      '  PORT must be a whole number from 1 to 65535',
      '  METRICS_TOKEN must have at least 16 characters',
      '',
    ].join('\n'),
  )
})

test('a deployment does not start without its secret', async () => {
  const { code, err } = await run({ DATABASE_URL: url, ORIGIN: 'https://portal.example.org' })
  expect(code).toBe(1)
  expect(err).toContain('AUTH_SECRET is missing')
})

test('a data folder that is none is named', async () => {
  const file = path.join(folder, 'letter.txt')
  await writeFile(file, '')
  const { code, err } = await run({ DATA_DIR: file })
  expect(code).toBe(1)
  expect(err).toContain(`DATA_DIR ${file}`)
  expect(err).not.toContain('    at ')
})

test('a database that is not there is told, without its password', async () => {
  const { code, err } = await run({
    DATABASE_URL: 'postgres://forge:hidden-word@127.0.0.1:1/forge',
    AUTH_SECRET: SECRET,
    ORIGIN: 'https://portal.example.org',
  })
  expect(code).toBe(1)
  expect(err).toContain('127.0.0.1:1')
  expect(err).not.toContain('hidden-word')
  expect(err).not.toContain('    at ')
})

test('on a PostgreSQL of one’s own it migrates, starts, answers, and stops in order', async () => {
  const portal = await startPortal(folder, { env: { DATABASE_URL: url, AUTH_SECRET: SECRET } })
  expect((await fetch(`${portal.origin}/healthz`)).status).toBe(200)
  expect((await fetch(`${portal.origin}/sign-in`)).status).toBe(200)
  expect(await portal.end('SIGTERM')).toBe(0)
})
