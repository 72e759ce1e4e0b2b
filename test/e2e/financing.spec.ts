/** A request for money by two delegations to two institutions, up to its second tranche, in five browsers. */
import type { Locator, Page } from '@playwright/test'
import { expect, expectAccessible, type Someone, test } from './fixtures'

const EXIM = 'Export-Import Bank of the United States'
const JBIC = 'Japan Bank for International Cooperation'
const PDF = { name: 'evidence.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 evidence') }

/** Opens an act of the page by keyboard, fills it in and does it. */
async function act(page: Page, name: string, fill: (form: Locator) => Promise<unknown> = async () => {}) {
  const summary = page.locator('summary').getByText(name, { exact: true }).first()
  await summary.press('Enter', { timeout: 15_000 })
  const form = page.locator('details[open]').filter({ has: summary })
  await fill(form)
  await form.getByRole('button', { name, exact: true }).click()
}

const stage = (page: Page, name: string) =>
  expect(page.locator('header', { has: page.getByRole('heading', { level: 1 }) })).toContainText(name)

async function record(page: Page, kind: string, amount: string) {
  await act(page, 'Record money', async (form) => {
    await form.getByLabel('Kind').selectOption({ label: kind })
    await form.getByLabel('Amount (USD)').fill(amount)
  })
  const row = page.getByRole('table', { name: 'Ledger' }).getByRole('row', { name: kind })
  await expect(row).toContainText(Number(amount).toLocaleString('en'))
}

test('two delegations, two institutions: letter, questions, restricted terms, commitment, conditions, two tranches', async ({
  signIn,
  expectConsole,
}) => {
  test.setTimeout(300_000)
  expectConsole(/status of (404|409|422)/)
  const kenya = await signIn('head', 'Kenya')
  const japan = await signIn('head', 'Japan')
  const exim = await signIn('head', EXIM)
  const officer = await signIn('officer', EXIM, { width: 360, dark: true })
  const jbic = await signIn('head', JBIC)
  const { page } = kenya
  let request = ''
  let ask = ''

  await test.step('Kenya and Japan write a request together and two institutions are asked at once', async () => {
    await page.goto('/projects/p010/money')
    await expectAccessible(page)
    await page.getByLabel('Title of the request').fill('Loan for the plant')
    await page.getByRole('button', { name: 'Start a financing request' }).click()
    await page.waitForURL(/\/financing\/[0-9a-f-]{36}$/)
    request = new URL(page.url()).pathname
    await page.getByRole('link', { name: 'Share and settings' }).click()
    await page.getByRole('combobox', { name: 'Delegation', exact: true }).selectOption({ label: 'Japan' })
    await page.getByRole('button', { name: /^Invite/ }).click()
    await expect(page.getByLabel('Part of Japan')).toBeVisible()
    await page.goto(request)
    await japan.page.goto(request)
    await page.getByLabel('Amount sought in all').fill('200,000,000')
    await page.getByRole('checkbox', { name: 'Guarantee' }).check()
    await expect(japan.page.getByLabel('Amount sought in all')).toHaveValue('200000000')
    await expect(japan.page.getByRole('checkbox', { name: 'Guarantee' })).toBeChecked()
    await japan.page.getByLabel('Tenor (years)').fill('12')
    await expect(page.getByLabel('Tenor (years)').last()).toHaveValue('12')
    await page.getByRole('checkbox', { name: /^EXIM/ }).check()
    await page.getByRole('checkbox', { name: /^JBIC/ }).check()
    await page.getByLabel('Amount asked of each').fill('a lot')
    await page.getByRole('textbox', { name: /^Use of proceeds ?.required/ }).fill('Construction of the plant')
    await page.getByRole('button', { name: 'Ask them' }).click()
    await expect(page.getByLabel('Amount asked of each')).toHaveAttribute('aria-invalid', 'true')
    await expect(page.getByRole('checkbox', { name: /^JBIC/ })).toBeChecked()
    await page.getByLabel('Amount asked of each').fill('100000000')
    await page.getByRole('button', { name: 'Ask them' }).click()
    const row = page.getByRole('row', { name: new RegExp(EXIM) })
    await expect(row).toContainText('USD 100,000,000')
    await expect(page.getByRole('row', { name: new RegExp(JBIC) })).toBeVisible()
    ask = (await row.getByRole('link').first().getAttribute('href')) ?? ''
  })

  await test.step('each institution sees its own, and the other’s does not exist', async () => {
    await jbic.page.goto('/financing')
    await expect(jbic.page.getByText('asked by Kenya')).toHaveCount(1)
    expect(await jbic.page.content()).not.toContain(ask)
    expect((await jbic.page.request.get(ask)).status()).toBe(404)
    await exim.page.goto('/financing')
    await exim.page.getByRole('link', { name: 'Loan for the plant' }).click()
    await expect(exim.page.getByRole('row', { name: new RegExp(EXIM) })).toBeVisible()
    expect(await exim.page.content()).not.toContain(JBIC)
    await expect(exim.page.getByRole('region', { name: /Use of proceeds$/ })).toBeVisible()
  })

  const on = ({ page: its }: Someone) => its.goto(ask)

  await test.step('a letter of interest, the application, due diligence with a question answered', async () => {
    await on(exim)
    await act(exim.page, 'Issue a letter of interest', (form) =>
      form.getByLabel('The letter holds until').fill('2030-01-31'),
    )
    await stage(exim.page, 'Letter of interest')
    await on(kenya)
    await act(page, 'Apply')
    await stage(page, 'Application')
    await on(exim)
    await act(exim.page, 'Begin due diligence')
    await stage(exim.page, 'Due diligence')
    await on(officer)
    await expectAccessible(officer.page)
    await act(officer.page, 'Ask the authors', async (form) => {
      await form.getByLabel('Section').selectOption({ label: 'Use of proceeds' })
      await form.getByLabel('Your question').fill('What does the first year cost?')
    })
    await expect(officer.page.getByText('Not answered yet.')).toBeVisible()
    await japan.page.goto(request)
    const section = japan.page.getByRole('region', { name: /Use of proceeds$/ })
    await section.getByLabel('Your answer').fill('Forty million.')
    await section.getByRole('button', { name: 'Answer' }).click()
    await expect(japan.page.getByText('Forty million.')).toBeVisible()
  })

  await test.step('terms that Japan neither reads nor guesses from a total', async () => {
    await on(officer)
    await officer.page.getByRole('button', { name: 'Begin the terms' }).click()
    const link = officer.page.getByRole('link', { name: 'Open the terms' })
    const terms = (await link.getAttribute('href')) ?? ''
    expect((await page.request.get(terms)).status()).toBe(200)
    for (const other of [japan, jbic]) expect((await other.page.request.get(terms)).status()).toBe(404)
    await on(exim)
    await act(exim.page, 'Offer a term sheet')
    await stage(exim.page, 'Term sheet')
    await record(exim.page, 'Approved', '90000001')
    await act(exim.page, 'Approve')
    await stage(exim.page, 'Approved')
    await record(exim.page, 'Committed', '80000001')
    await act(exim.page, 'Commit')
    await stage(exim.page, 'Committed')
    for (const path of [
      ask,
      '/projects/p010/money',
      '/financing',
      '/pipeline',
      '/pipeline/export?format=csv',
    ])
      for (const told of [`${path}`, ...(path.includes('?') ? [] : [`${path}.data`])])
        expect(await (await japan.page.request.get(told)).text(), told).not.toMatch(
          /[89]0,?000,?001|[89]0 000 001/,
        )
    await on(japan)
    await expect(japan.page.getByText('Its money and terms are a restricted part')).toBeVisible()
  })

  await test.step('a tranche is refused while a condition is open, and paid once it is met', async () => {
    await act(exim.page, 'Declare it effective')
    await stage(exim.page, 'Effective')
    await act(exim.page, 'Begin disbursing')
    await stage(exim.page, 'Disbursing')
    await act(exim.page, 'Set a condition', async (form) => {
      await form.getByRole('textbox', { name: /^Condition/ }).fill('The mining licence is renewed')
      await form.getByLabel('To be met').selectOption({ label: 'Before every disbursement' })
      await form.getByLabel('By', { exact: true }).selectOption({ label: 'Kenya' })
    })
    await expect(exim.page.getByText('The mining licence is renewed')).toBeVisible()
    for (const amount of ['30000001', '50000000']) {
      await act(exim.page, 'Plan a tranche', async (form) => {
        await form.getByLabel('Tranche amount (USD)').fill(amount)
        await form.getByLabel('Planned on').fill('2027-03-31')
      })
      await expect(
        exim.page.getByText(amount === '50000000' ? 'USD 50,000,000' : 'USD 30,000,001'),
      ).toBeVisible()
    }
    for (const number of [1, 2]) {
      await on(kenya)
      await act(page, `Request: tranche ${number}`)
      const tranche = page.getByRole('region', { name: /^Tranches/ }).getByRole('listitem')
      await expect(tranche.nth(number - 1)).toContainText('Requested')
      await on(exim)
      await act(exim.page, `Approve: tranche ${number}`)
      await act(exim.page, `Record the payment: tranche ${number}`)
      await expect(exim.page.getByText(/Nothing can be paid while a condition is open/)).toBeVisible()
      await on(kenya)
      await act(page, 'Submit evidence', async (form) => {
        await form.getByLabel('What it shows').fill('The licence')
        await form.getByLabel('Document').setInputFiles(PDF)
      })
      await expect(page.getByRole('link', { name: 'evidence' })).toHaveCount(number)
      await on(exim)
      await act(exim.page, 'Satisfied')
      // One act after the other: a redirect that nobody waits for any more ends as an error in the console.
      await expect(exim.page.getByText('found it satisfied')).toHaveCount(number)
      await act(exim.page, `Record the payment: tranche ${number}`)
      await expect(exim.page.getByText('Paid', { exact: true })).toHaveCount(number)
    }
    await expectAccessible(exim.page)
    await page.goto('/projects/p010/money')
    await expect(page.getByRole('row', { name: /^Disbursed/ })).toContainText('USD 80,000,001')
    await on(officer)
    expect(await officer.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  })
})
