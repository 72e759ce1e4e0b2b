/**
 * From key press to the other person's screen, and to Saved, in two real browsers while others write in the same
 * document: `npm run bench:typing`. Prints p50 and p99 in ms for 2, 10 and 50 writers, and writes them to TYPING.md.
 * Everything runs on this one machine: with 50 writers the browsers, the portal, the database and the 48 others share
 * its cores, so the figures are the worst case of a client as much as the portal's.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium, type Page } from '@playwright/test'
import * as Y from 'yjs'
import { LiveReplica, openSocket } from '../harness/live-server'
import { type Account, queryBeside, signIn, startPortal } from '../harness/portal-process'

const WRITERS = [2, 10, 50]
const KEYS = Number(process.env.KEYS ?? 200)
/** A quick typist: six keys a second. */
const EVERY_MS = 160

const folder = await mkdtemp(path.join(tmpdir(), 'forge-typing-'))
const portal = await startPortal(folder)
const browser = await chromium.launch({
  executablePath: process.env.PLAYWRIGHT_CHROMIUM ?? '/usr/bin/chromium',
})
const others: { replica: LiveReplica; stop: () => void }[] = []
try {
  const accounts = await portal.accounts()
  const [kenya, japan] = await Promise.all([openPage(accounts, 'Kenya'), openPage(accounts, 'Japan')])
  const { url, channel } = await startSharedProposal(kenya)
  await Promise.all([kenya, japan].map((page) => openText(page, url)))
  await watchScreens(kenya, japan)
  const cookie = await signIn(portal.origin, find(accounts, 'Kenya'))
  const rows: string[] = []
  for (const writers of WRITERS) {
    while (others.length < writers - 2) await addWriter(channel, cookie)
    const { screen, saved } = await measure(kenya, japan)
    rows.push(
      `| ${writers} | ${at(screen, 0.5)} | ${at(screen, 0.99)} | ${at(saved, 0.5)} | ${at(saved, 0.99)} |`,
    )
    process.stdout.write(`${rows.at(-1)}\n`)
  }
  await report(rows)
} finally {
  for (const { stop } of others) stop()
  await browser.close()
  await portal.end()
  await rm(folder, { recursive: true, force: true })
}

function find(accounts: readonly Account[], organization: string): Account {
  const found = accounts.find((each) => each.role === 'head' && each.organization === organization)
  if (!found) throw new Error(`no head of ${organization}`)
  return found
}

async function openPage(accounts: readonly Account[], organization: string): Promise<Page> {
  const { email, password } = find(accounts, organization)
  const context = await browser.newContext({ baseURL: portal.origin })
  // The TypeScript loader names functions through this helper, also those that run in the page.
  await context.addInitScript('globalThis.__name = (named) => named')
  const page = await context.newPage()
  await page.goto('/desk')
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/desk')
  return page
}

async function startSharedProposal(page: Page): Promise<{ url: string; channel: string }> {
  await page.goto('/projects')
  await page.getByRole('link', { name: 'Alcoa-Sojitz Gallium Recovery Project' }).click()
  await page.getByRole('button', { name: 'Start a proposal' }).click()
  await page.waitForURL('**/proposals/*')
  const url = new URL(page.url()).pathname
  await page.getByRole('link', { name: 'Share and settings' }).click()
  await page.getByLabel('Delegation', { exact: true }).selectOption({ label: 'Japan' })
  await page.getByRole('button', { name: 'Invite' }).click()
  await page.getByRole('rowheader', { name: 'Japan' }).waitFor()
  const [row] = await queryBeside<{ id: string }>(
    folder,
    'select document_id as id from proposals where id = $1',
    [url.split('/').pop()],
  )
  return { url, channel: row?.id ?? '' }
}

async function openText(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await page.getByRole('textbox', { name: 'Summary' }).waitFor()
  await saved(page)
}

function saved(page: Page): Promise<void> {
  return page
    .getByRole('status')
    .filter({ hasText: /^Saved$/ })
    .waitFor()
}

/** In both pages: when the text had how many characters, and when the indicator said what; ms since 1970. */
async function watchScreens(writer: Page, reader: Page): Promise<void> {
  for (const page of [writer, reader]) {
    await page.evaluate(() => {
      const now = () => performance.timeOrigin + performance.now()
      const seen = { keys: [] as number[], shown: [] as [number, number][], saved: [] as number[] }
      Object.assign(window, { seen })
      const text = document.querySelector('[aria-label="Summary"][contenteditable]')
      const status = [...document.querySelectorAll('[role="status"]')].find((e) =>
        /^(Saved|Saving)/.test(e.textContent ?? ''),
      )
      if (!text || !status) throw new Error('the page has no text or no indicator')
      text.addEventListener('keydown', () => seen.keys.push(now()), { capture: true })
      const count = () =>
        [...text.querySelectorAll('p')].reduce(
          (sum, p) => sum + (p.textContent?.split('k').length ?? 1) - 1,
          0,
        )
      new MutationObserver(() => seen.shown.push([now(), count()])).observe(text, {
        subtree: true,
        childList: true,
        characterData: true,
      })
      new MutationObserver(() => {
        if (status.textContent?.trim() === 'Saved') seen.saved.push(now())
      }).observe(status, { subtree: true, childList: true, characterData: true })
    })
  }
}

type Seen = { keys: number[]; shown: [number, number][]; saved: number[] }
function read(page: Page): Promise<Seen> {
  return page.evaluate(() => (window as unknown as { seen: Seen }).seen)
}

/** Kenya types; each key's time until Japan's page shows it, and until Kenya's page says Saved. ms, sorted. */
async function measure(writer: Page, reader: Page): Promise<{ screen: number[]; saved: number[] }> {
  await writer.getByRole('textbox', { name: 'Summary' }).click()
  await writer.keyboard.press('Control+End')
  await saved(writer)
  await sleep(1000)
  const before = await read(writer)
  const shownBefore = (await read(reader)).shown.at(-1)?.[1] ?? 0
  for (let i = 0; i < KEYS; i++) {
    await writer.keyboard.press('k')
    await sleep(EVERY_MS * (0.5 + Math.random()))
  }
  await saved(writer)
  await sleep(1000)
  const [here, there] = [await read(writer), await read(reader)]
  const screen: number[] = []
  const savedAfter: number[] = []
  here.keys.slice(before.keys.length).forEach((pressed, i) => {
    const shown = there.shown.find(([, count]) => count >= shownBefore + i + 1)
    const told = here.saved.find((moment) => moment >= pressed)
    if (!shown || !told) throw new Error(`key ${i + 1} was not seen`)
    screen.push(shown[0] - pressed)
    savedAfter.push(told - pressed)
  })
  return { screen: screen.sort((a, b) => a - b), saved: savedAfter.sort((a, b) => a - b) }
}

/** One more person who types in another section, as fast as a quick typist. */
async function addWriter(channel: string, cookie: string): Promise<void> {
  const replica = new LiveReplica(channel, `bench-writer-${others.length}`)
  await replica.attach(await openSocket(portal.origin, { cookie, origin: portal.origin }))
  const text = new Y.XmlText()
  const paragraph = new Y.XmlElement('paragraph')
  replica.doc.transact(() => {
    paragraph.insert(0, [text])
    replica.doc.getXmlFragment('market').push([paragraph])
  })
  const timer = setInterval(() => text.insert(text.length, 'a'), EVERY_MS)
  others.push({ replica, stop: () => clearInterval(timer) })
}

function at(sorted: readonly number[], quantile: number): string {
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * quantile))] ?? 0).toFixed(0)
}

async function report(rows: readonly string[]): Promise<void> {
  const lines = [
    '# From key press to the other screen, and to Saved',
    '',
    'Made by `npm run bench:typing`: two real browsers on one proposal, the rest of the writers over sockets, six keys a',
    'second each; browsers, portal, database and writers share one machine. ms.',
    '',
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores (${cpus()[0]?.model}), Node ${process.versions.node}, Chromium ${browser.version()}, ${KEYS} keys`,
    '',
    '| writers | other screen p50 | p99 | Saved p50 | p99 |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ]
  await writeFile(new URL('./TYPING.md', import.meta.url), lines.join('\n'))
}
