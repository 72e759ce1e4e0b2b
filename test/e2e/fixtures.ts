/**
 * What every end-to-end test stands on: people who are signed in with the accounts that the portal made for its data
 * folder, pages that fail the test on an unexpected console error, and axe.
 */
import { readFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import {
  type Browser,
  type BrowserContext,
  test as base,
  type Cookie,
  expect,
  type Page,
} from '@playwright/test'

export type Account = { email: string; password: string; name: string; role: string; organization: string }

/**
 * An account by role and organization, as `head` of `Kenya`. `file`: of another portal than the run's. `nth`: which of
 * several, from 0.
 */
export function account(
  role: string,
  organization: string,
  file = process.env.FORGE_E2E_ACCOUNTS,
  nth = 0,
): Account {
  if (!file) throw new Error('FORGE_E2E_ACCOUNTS is not set: the global setup starts the portal and sets it')
  const accounts: Account[] = JSON.parse(readFileSync(file, 'utf8'))
  const found = accounts.filter((a) => a.role === role && a.organization === organization)[nth]
  if (!found) throw new Error(`no account of a ${role} of ${organization}`)
  return found
}

export type Someone = { page: Page; context: BrowserContext; account: Account }

type Fixtures = {
  /** Where the portal wrote its accounts; the run's when null. */
  accountsFile: string | null
  /** Somebody who is signed in, in a browser context of their own. `at`: the first page; their desk when left out. */
  signIn: (
    role: string,
    organization: string,
    options?: { width?: number; dark?: boolean; at?: string; nth?: number },
  ) => Promise<Someone>
  /** Console errors that a test expects (a refused request, a network pulled). */
  expectConsole: (pattern: RegExp) => void
}

export const test = base.extend<Fixtures>({
  accountsFile: [null, { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's dependencies from the pattern
  expectConsole: async ({}, use) => {
    const allowed: RegExp[] = []
    current = { allowed, errors: [] }
    await use((pattern) => allowed.push(pattern))
    const unexpected = current.errors.filter((text) => !allowed.some((pattern) => pattern.test(text)))
    expect(unexpected, 'unexpected errors in the browser console').toEqual([])
  },
  signIn: async ({ browser, baseURL, accountsFile, expectConsole: _watch }, use) => {
    const opened: BrowserContext[] = []
    await use(async (role, organization, options = {}) => {
      const who = account(role, organization, accountsFile ?? undefined, options.nth)
      const context = await openContext(browser, baseURL, options)
      opened.push(context)
      const page = await context.newPage()
      watch(page)
      const key = `${baseURL} ${who.email}`
      const held = sessions.get(key)
      if (held) await context.addCookies(held)
      else sessions.set(key, await signInBySending(context, baseURL ?? '', who))
      await page.goto(options.at ?? '/desk')
      const { pathname } = new URL(page.url())
      if (options.at) {
        // Who is not signed in would be led elsewhere.
        expect(pathname).toBe(new URL(options.at, baseURL).pathname)
        return { page, context, account: who }
      }
      if (pathname === '/financing')
        await expect(page.getByText('What your institution was asked')).toBeVisible()
      else await expect(page.getByRole('heading', { level: 1 })).toContainText(who.organization)
      return { page, context, account: who }
    })
    await Promise.all(opened.map((context) => context.close()))
  },
})

/** Sessions of this worker's accounts: signing in anew for every test would meet the limit on tries. */
const sessions = new Map<string, Cookie[]>()

/** Sends what the form on the sign-in page sends: drawing it each time takes longer than everything else. */
async function signInBySending(
  context: BrowserContext,
  origin: string,
  { email, password }: Account,
): Promise<Cookie[]> {
  const answer = await context.request.post('/sign-in', {
    ...{ form: { email, password, to: '/desk' }, headers: { origin }, maxRedirects: 0 },
  })
  expect(answer.status(), `signing in ${email}`).toBe(302)
  return context.cookies()
}

/** On the sign-in page, as a person does it. */
export async function signInByForm(page: Page, who: Account) {
  await page.getByLabel('Email').fill(who.email)
  await page.getByLabel('Password', { exact: true }).fill(who.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  // An institution's desk is what it was asked.
  await page.waitForURL(/\/(desk|financing)$/)
}

let current: { allowed: RegExp[]; errors: string[] } = { allowed: [], errors: [] }

function openContext(
  browser: Browser,
  baseURL: string | undefined,
  options: { width?: number; dark?: boolean },
) {
  return browser.newContext({
    baseURL,
    viewport: { width: options.width ?? 1280, height: options.width && options.width < 600 ? 780 : 900 },
    colorScheme: options.dark ? 'dark' : 'light',
    timezoneId: 'Africa/Nairobi',
    locale: 'en-GB',
  })
}

/** Remix tells of an aborted request when a page is left, or read anew, while its data is still arriving. */
const LEFT_WHILE_LOADING = /BodyStreamBuffer was aborted|signal is aborted without reason/

/** Collects a page's console errors and exceptions for the check at the test's end. */
export function watch(page: Page) {
  const collect = (text: string) => {
    if (!LEFT_WHILE_LOADING.test(text)) current.errors.push(text)
  }
  page.on('console', (message) => {
    if (message.type() === 'error') collect(`${message.text()} (${message.location().url})`)
  })
  page.on('pageerror', (error) => collect(error.message))
}

/** No violation of WCAG 2.2 A and AA on the page as it stands, or within a part of it that a selector names. */
export async function expectAccessible(page: Page, within?: string) {
  const axe = new AxeBuilder({ page })
    // Of what passes nothing is told, and no page is opened for putting together the frames: there are none.
    .options({ resultTypes: ['violations'] })
    .setLegacyMode()
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
  const { violations } = await (within ? axe.include(within) : axe).analyze()
  const told = violations.map(
    (v) => `${v.id}: ${v.help} at ${v.nodes.map((n) => n.target.join(' ')).join(' | ')}`,
  )
  expect(told, `accessibility of ${page.url()}`).toEqual([])
}

export { expect }

/** What was written on a page is saved. `timeout`: how long it may take where a page opens first, ms. */
export const saved = (page: Page, timeout?: number) =>
  expect(page.getByRole('status').filter({ hasText: /^Saved$/ })).toBeVisible({ timeout })

/** A page is no wider than what it is seen on. */
export const fitsWidth = async (page: Page) =>
  expect(
    await page.evaluate(() => window.document.documentElement.scrollWidth - window.innerWidth),
    page.url(),
  ).toBeLessThanOrEqual(0)
