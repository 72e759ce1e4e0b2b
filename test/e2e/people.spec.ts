import type { Page } from '@playwright/test'
import { expect, expectAccessible, test, watch } from './fixtures'
import { linkInMail } from './mail'

const NEWCOMER = 'takeshi.ueda@portal.example'

async function join(page: Page, link: string, name: string) {
  await page.goto(link)
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('Password').fill('a long enough password')
  await page.getByRole('button', { name: /Accept/ }).click()
  await page.waitForURL('**/desk')
}

test('a head invites again, changes a role and removes; who is removed is out at once', async ({
  signIn,
  browser,
  baseURL,
  expectConsole,
}) => {
  expectConsole(/status of (404|409|422)/)
  const { page } = await signIn('head', 'Japan')
  await page.goto('/delegation')
  await page.getByLabel('Email').fill('not an address')
  await page.getByRole('button', { name: 'Send the invitation' }).click()
  await expect(page.getByText('This is not an e-mail address')).toBeVisible()
  await page.getByLabel('Email').fill(NEWCOMER)
  await page.getByRole('button', { name: 'Send the invitation' }).click()
  await expect(page.getByRole('status').first()).toContainText('on its way')
  const first = await linkInMail(NEWCOMER, '/invitation/')
  await page.getByRole('button', { name: `Send again: the invitation of ${NEWCOMER}` }).click()
  await expect.poll(() => linkInMail(NEWCOMER, '/invitation/')).not.toBe(first)
  const second = await linkInMail(NEWCOMER, '/invitation/')
  await expectAccessible(page)

  const context = await browser.newContext({ baseURL })
  const theirs = await context.newPage()
  watch(theirs)
  await theirs.goto(first)
  await expect(theirs.getByText('a newer one took its place')).toBeVisible()
  // The id alone, as a head can read it off their page, opens nothing.
  expect((await theirs.request.get(second.replace(/\?.*$/, ''))).status()).toBe(404)
  await join(theirs, second, 'Takeshi Ueda')

  await page.reload()
  await page.getByLabel('Role of Takeshi Ueda').selectOption('reader')
  await page.getByRole('button', { name: 'Set: Takeshi Ueda' }).click()
  await expect(page.getByText('The role is changed.')).toBeVisible()
  await theirs.reload()
  await expect(theirs.getByRole('link', { name: /Takeshi Ueda/ })).toContainText('Reader')

  await page.getByRole('button', { name: 'Remove Keiko Tanabe' }).click()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Leave Japan' }).click()
  await expect(page.getByRole('alert')).toContainText('Somebody must lead')

  await page.getByRole('button', { name: 'Remove Takeshi Ueda' }).click()
  await page.getByRole('button', { name: 'Remove from Japan' }).click()
  await expect(page.getByRole('rowheader', { name: 'Takeshi Ueda' })).toHaveCount(0)
  await theirs.goto('/projects')
  await expect(theirs).toHaveURL(/sign-in/)
  await theirs.goto(second)
  await expect(theirs.getByText('was accepted already')).toBeVisible()
  await context.close()
})

test('an administrator finds a delegation without anybody and invites its head; others find nothing there', async ({
  signIn,
  expectConsole,
}) => {
  expectConsole(/status of 404/)
  const { page } = await signIn('administrator', 'Secretariat')
  await page.goto('/delegation')
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Australia', exact: true }).click()
  await expect(page.getByText('Nobody is here yet.')).toBeVisible()
  await expect(page.getByLabel('Role', { exact: true })).toHaveValue('head')
  await expectAccessible(page)
  const { search } = new URL(page.url())
  const others = await signIn('coordinator', 'Secretariat')
  expect((await others.page.goto(`/delegation${search}`))?.status()).toBe(404)
  expect((await others.page.goto('/delegation?of=no-such-id'))?.status()).toBe(404)
})

test('an administrator reads the audit trail, checks its chain and takes it along; nobody else finds it', async ({
  signIn,
  expectConsole,
}) => {
  expectConsole(/status of 404/)
  const kenya = await signIn('head', 'Kenya')
  for (const address of ['/audit', '/audit/export'])
    expect((await kenya.page.goto(address))?.status()).toBe(404)
  await expect(kenya.page.getByRole('link', { name: 'Audit trail' })).toHaveCount(0)
  const { page } = await signIn('administrator', 'Secretariat')
  await page.getByRole('link', { name: 'Audit trail' }).click()
  await page.getByLabel('Act or object').fill('session.start')
  await expect(page).toHaveURL(/q=session/)
  await expect(page.getByRole('cell', { name: /session/ }).first()).toBeVisible()
  await page.getByRole('button', { name: 'Check the chain' }).click()
  await expect(page.getByText('The chain is whole')).toBeVisible()
  await expectAccessible(page)
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'CSV' }).click(),
  ])
  expect(file.suggestedFilename()).toMatch(/^forge-audit-.*\.csv$/)
})
