import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type PortalProcess, startPortal } from '../harness/portal-process'
import { family, signalAll } from '../harness/processes'
import { type Account, expect, signInByForm, test } from './fixtures'

let folder: string
let portal: PortalProcess

// A portal of its own: the others' tests need their database.
test.beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'forge-e2e-away-'))
  portal = await startPortal(folder)
})
test.afterEach(async () => {
  await portal.end()
  await rm(folder, { recursive: true, force: true })
})

test('the database or the portal away: Offline, writing goes on, and it is saved without a reload', async ({
  browser,
}) => {
  test.setTimeout(240_000)
  const accounts: Account[] = JSON.parse(await readFile(path.join(folder, 'accounts.json'), 'utf8'))
  const head = accounts.find(({ role, organization }) => role === 'head' && organization === 'Kenya')
  if (!head) throw new Error('no head of Kenya')
  const context = await browser.newContext({ baseURL: portal.origin })
  const page = await context.newPage()
  await page.goto('/desk')
  await signInByForm(page, head)
  await page.goto('/projects')
  await page.getByRole('link', { name: 'Alcoa-Sojitz Gallium Recovery Project' }).click()
  await page.getByRole('button', { name: 'Start a proposal' }).click()
  await page.waitForURL('**/proposals/*')
  const text = page.getByRole('textbox', { name: 'Summary' })
  // A browser comes back after a pause that grows with each try, on a loaded machine to a portal that starts slowly.
  const status = (words: RegExp) =>
    expect(page.getByRole('status').filter({ hasText: words })).toBeVisible({ timeout: 60_000 })
  await status(/^Saved$/)

  const database = family(await portal.databasePid())
  signalAll(database, 'SIGSTOP')
  try {
    await text.click()
    await page.keyboard.type('While the database hung. ')
    await status(/^Offline, \d+ changes? kept here$/)
    await page.keyboard.type('And on. ')
  } finally {
    signalAll(database, 'SIGCONT')
  }
  await status(/^Saved$/)

  const { port } = new URL(portal.origin)
  await portal.end('SIGKILL')
  await page.keyboard.type('While the portal was gone. ')
  await status(/^Offline, \d+ changes? kept here$/)
  portal = await startPortal(folder, { port: Number(port) })
  await status(/^Saved$/)
  await expect(text).toContainText('While the database hung. And on. While the portal was gone.')

  const fresh = await context.newPage()
  await fresh.goto(page.url())
  await expect(fresh.getByRole('textbox', { name: 'Summary' })).toContainText(
    'While the database hung. And on. While the portal was gone.',
  )
  await context.close()
})
