/**
 * What the portal weighs: `npm run bench:footprint`. From an empty data folder to the first page, the memory of the
 * idle portal and of its database, and the JavaScript that the browser fetches for the desk and for the editor. Writes
 * FOOTPRINT.md.
 */
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { type BrowserContext, chromium } from '@playwright/test'
import { type Account, startPortal } from '../harness/portal-process'
import { family } from '../harness/processes'

const IDLE_MS = 20_000

const folder = await mkdtemp(path.join(tmpdir(), 'forge-footprint-'))
const started = performance.now()
const portal = await startPortal(folder)
const browser = await chromium.launch({
  executablePath: process.env.PLAYWRIGHT_CHROMIUM ?? '/usr/bin/chromium',
})
try {
  await fetch(`${portal.origin}/sign-in`).then((answer) => answer.text())
  const firstPage = (performance.now() - started) / 1000
  await sleep(IDLE_MS)
  const database = await portal.databasePid()
  const databaseMiB = memory(family(database))
  const all = family(portal.pid)
  const portalMiB = memory(all.filter((pid) => !family(database).includes(pid)))
  const context = await browser.newContext({ baseURL: portal.origin })
  const proposal = await startProposalAs(context, await portal.accounts())
  const state = await context.storageState()
  const desk = await scripts('/desk', state)
  const editor = await scripts(proposal, state)
  const lines = [
    '# What the portal weighs',
    '',
    'Made by `npm run bench:footprint`, with the build already there.',
    '',
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores (${cpus()[0]?.model}), Node ${process.versions.node}`,
    '',
    '| | |',
    '|---|---|',
    `| from an empty data folder to the first page | ${firstPage.toFixed(1)} s |`,
    `| idle portal, ${IDLE_MS / 1000} s after its start (proportional set size) | ${portalMiB.toFixed(0)} MiB |`,
    `| its PostgreSQL, all processes (proportional set size) | ${databaseMiB.toFixed(0)} MiB |`,
    `| JavaScript of the desk, gzip | ${(desk / 1024).toFixed(0)} KB |`,
    `| JavaScript of a proposal's editor, gzip, from a cold cache | ${(editor / 1024).toFixed(0)} KB |`,
    '',
  ]
  process.stdout.write(lines.join('\n'))
  await writeFile(new URL('./FOOTPRINT.md', import.meta.url), lines.join('\n'))
} finally {
  await browser.close()
  await portal.end()
  await rm(folder, { recursive: true, force: true })
}

/** MiB; memory that processes share is divided among them. */
function memory(pids: readonly number[]): number {
  const kilobytes = pids.map((pid) =>
    Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0),
  )
  return kilobytes.reduce((sum, kb) => sum + kb, 0) / 1024
}

/** Out: the proposal's address. */
async function startProposalAs(context: BrowserContext, accounts: readonly Account[]): Promise<string> {
  const who = accounts.find(({ role, organization }) => role === 'head' && organization === 'Kenya')
  const page = await context.newPage()
  await page.goto('/desk')
  await page.getByLabel('Email').fill(who?.email ?? '')
  await page.getByLabel('Password', { exact: true }).fill(who?.password ?? '')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/desk')
  await page.goto('/projects')
  await page.getByRole('link', { name: 'Alcoa-Sojitz Gallium Recovery Project' }).click()
  await page.getByRole('button', { name: 'Start a proposal' }).click()
  await page.waitForURL('**/proposals/*')
  await page.getByRole('textbox', { name: 'Summary' }).waitFor()
  return new URL(page.url()).pathname
}

type State = Awaited<ReturnType<BrowserContext['storageState']>>

/** Bytes, gzip, of the scripts that a page fetches from a cold cache until it is at rest. */
async function scripts(address: string, storageState: State): Promise<number> {
  const context = await browser.newContext({ baseURL: portal.origin, storageState })
  const page = await context.newPage()
  const sizes = new Map<string, Promise<number>>()
  page.on('response', (answer) => {
    if (!new URL(answer.url()).pathname.endsWith('.js')) return
    sizes.set(
      answer.url(),
      answer.body().then((body) => gzipSync(body).length),
    )
  })
  await page.goto(address)
  await page.waitForLoadState('networkidle')
  const bytes = await Promise.all(sizes.values())
  await context.close()
  return bytes.reduce((sum, size) => sum + size, 0)
}
