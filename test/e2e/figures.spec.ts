/** Figures as people read them: supply as chart, table and file; the map by keyboard; exchange rates. */
import { readFile } from 'node:fs/promises'
import { expect, expectAccessible, test } from './fixtures'

test('supply: the chart reads as a table and goes along; a mineral shows its arithmetic', async ({
  signIn,
}) => {
  const { page } = await signIn('delegate', 'Kenya')
  await page.getByRole('link', { name: 'Supply', exact: true }).first().click()
  await expect(page.getByText(/\d+ series, \d+ highly concentrated/)).toBeVisible()
  await expectAccessible(page)
  const chart = page.getByRole('figure', { name: /Share of the largest country/ })
  await chart.getByRole('button', { name: 'As table' }).press('Enter')
  await expect(chart.getByRole('row', { name: /Gallium.*China/ })).toBeVisible()
  await chart.getByRole('button', { name: 'As chart' }).click()
  for (const [format, holds] of [
    ['CSV', 'Gallium'],
    ['SVG', '<svg'],
    ['PNG', 'PNG'],
  ] as const) {
    const waiting = page.waitForEvent('download')
    await chart.getByRole('button', { name: format }).click()
    const file = await waiting
    expect(file.suggestedFilename()).toMatch(
      new RegExp(`^forge-supply-share-2025\\.${format.toLowerCase()}$`),
    )
    expect(await readFile(await file.path(), 'latin1')).toContain(holds)
  }
  await page.getByLabel('In the chart').selectOption('closed')
  await expect(page).toHaveURL(/measure=closed/)
  await page.getByRole('link', { name: 'Tungsten' }).click()
  await expect(page.getByText(/a year are missing/)).toBeVisible()
  await expect(
    page.getByRole('rowheader', { name: 'Northern Katpar and Upper Kairakty' }).first(),
  ).toBeVisible()
  await expectAccessible(page)
})

test('the map by keyboard, sized, and as a list; narrow and dark', async ({ signIn }) => {
  const { page } = await signIn('delegate', 'Kenya', { width: 360, dark: true })
  await page.goto('/projects?view=map')
  await page.getByLabel('Sized by').selectOption('cost')
  await expect(page).toHaveURL(/size=cost/)
  await expect(page.getByRole('row', { name: /Jadar/ })).toContainText('USD 2,400,000,000')
  const map = page.getByRole('group', { name: /Map of \d+ projects/ })
  await map.focus()
  await map.press('+')
  const pin = map.getByRole('link', { name: /^Jadar/ })
  await pin.focus()
  await expect(page.getByRole('button', { name: 'To the pin' })).toBeVisible()
  await expectAccessible(page)
  await pin.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Jadar')
})

test('the pipeline: a coordinator moves an ask by keyboard with reason and document; a delegate may not; both take it along', async ({
  signIn,
  expectConsole,
}) => {
  expectConsole(/status of (409|422)/)
  const { page } = await signIn('coordinator', 'Secretariat')
  await page.getByRole('region', { name: 'Portfolio' }).getByRole('link', { name: 'Pipeline' }).click()
  const held = page.getByRole('region', { name: 'On hold', exact: true })
  await page.getByRole('button', { name: 'Move Coosa Graphite Deposit, EXIM' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: /Coosa Graphite Deposit/ })
  const move = dialog.getByLabel('Move', { exact: true })
  await expect(move).toBeFocused()
  await move.selectOption({ label: 'Put on hold' })
  await dialog.getByLabel('Work resumes on').fill('2099-01-31')
  await dialog.getByLabel('The institution’s document').setInputFiles({
    ...{ name: 'letter.pdf', mimeType: 'application/pdf' },
    buffer: Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n'),
  })
  await dialog.getByRole('button', { name: 'Put on hold' }).press('Enter')
  await expect(dialog.getByText('Give the reason, in at least 10 characters.')).toBeVisible()
  await expectAccessible(page)
  await dialog.getByLabel('Reason').fill('A study of the deposit is awaited.')
  await dialog.getByRole('button', { name: 'Put on hold' }).press('Enter')
  await expect(dialog).toBeHidden()
  const card = held.getByRole('link', { name: 'Coosa Graphite Deposit' })
  await expect(card).toBeFocused()
  const ask = (await card.getAttribute('href'))?.split('/').at(-1) ?? ''

  const { page: theirs } = await signIn('delegate', 'Kenya', { width: 360, dark: true })
  await theirs.goto('/pipeline?view=table&at=on_hold')
  await expect(theirs.getByRole('row', { name: /Coosa Graphite Deposit/ })).toContainText('On hold')
  await expect(theirs.getByRole('button', { name: /^Move / })).toHaveCount(0)
  const status = await theirs.evaluate(async (id) => {
    const body = new FormData()
    for (const [name, value] of Object.entries({ act: 'move', ask: id, move: 'resume' }))
      body.append(name, value)
    body.append('key', crypto.randomUUID())
    return (await fetch('/pipeline?index', { method: 'POST', body })).status
  }, ask)
  expect(status).toBe(409)
  const waiting = theirs.waitForEvent('download')
  await theirs.getByRole('link', { name: 'CSV', exact: true }).click()
  expect(await readFile(await (await waiting).path(), 'utf8')).toMatch(/Coosa Graphite Deposit.*On hold/)
  await expectAccessible(theirs)
})

test('an administrator enters and imports rates; a delegate reads them', async ({
  signIn,
  expectConsole,
}) => {
  expectConsole(/status of 422/)
  const { page } = await signIn('administrator', 'Secretariat')
  await page.getByRole('link', { name: 'Exchange rates' }).first().click()
  await page.getByLabel('is', { exact: true }).fill('1.0842')
  await page.getByLabel('On the day').fill('2026-01-05')
  await page.getByLabel('Source').fill('European Central Bank')
  await page.getByRole('button', { name: 'Enter', exact: true }).click()
  await expect(page.getByRole('row', { name: /1 EUR = 1.0842 USD/ })).toBeVisible()
  const file = (text: string) => ({ name: 'rates.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  const head = 'base,quote,day,rate,source'
  await page.getByLabel('File (.csv)').setInputFiles(file(`${head}\nUSD,JPY,2026-01-05,none,BoJ\n`))
  await page.getByRole('button', { name: 'Import' }).click()
  await expect(page.getByRole('row', { name: /2 rate Give the rate as digits/ })).toBeVisible()
  await page
    .getByLabel('File (.csv)')
    .setInputFiles(file(`${head}\nUSD,JPY,2026-01-05,156.2,Bank of Japan\n`))
  await page.getByRole('button', { name: 'Import' }).click()
  await expect(page.getByRole('row', { name: /1 USD = 156.2 JPY/ })).toBeVisible()
  await expectAccessible(page)
  const { page: theirs } = await signIn('delegate', 'Kenya')
  await theirs.goto('/exchange-rates?currency=JPY')
  await expect(theirs.getByRole('row', { name: /Bank of Japan/ })).toBeVisible()
  await expect(theirs.getByRole('button', { name: 'Enter', exact: true })).toHaveCount(0)
})
