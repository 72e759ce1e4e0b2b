/** Writing by keyboard with what the editor offers, and a part that one reads and the other does not. */
import { readFile } from 'node:fs/promises'
import { expect, expectAccessible, type Someone, saved, test } from './fixtures'

type Page = Someone['page']

const section = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })

async function startProposal({ page }: Someone, title: string): Promise<string> {
  await page.goto('/projects/new')
  await page.getByLabel('Title').fill(title)
  await page.getByRole('checkbox', { name: /^Cobalt/ }).check()
  await page.getByRole('checkbox', { name: 'Refining' }).check()
  await page.getByRole('button', { name: 'Enter the project' }).click()
  await page.getByRole('button', { name: 'Start a proposal' }).click()
  await page.waitForURL('**/proposals/*')
  const url = new URL(page.url()).pathname
  await page.getByRole('link', { name: 'Share and settings' }).click()
  await page.getByLabel('Delegation', { exact: true }).selectOption({ label: 'Japan' })
  await page.getByRole('button', { name: 'Invite' }).click()
  await expect(page.getByRole('rowheader', { name: 'Japan' })).toBeVisible()
  return url
}

test('two delegations write with menus, pictures, links and footnotes; commercial terms are one’s alone', async ({
  signIn,
}) => {
  const kenya = await signIn('head', 'Kenya')
  const japan = await signIn('delegate', 'Japan')
  const { page } = kenya
  const url = await startProposal(kenya, 'Zamburu refinery')

  await test.step('a restricted part: its readers open it, others are told whom to ask', async () => {
    await page.getByLabel('What it is about').selectOption({ label: 'Commercial terms' })
    await page.getByRole('button', { name: 'Start the part' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Commercial terms' })).toBeVisible()
    await section(page, 'Text').click()
    await page.keyboard.type('The floor is 21 dollars a pound.')
    await saved(page)
    const part = new URL(page.url()).pathname
    await japan.page.goto(url)
    const parts = japan.page.getByRole('region', { name: 'Parts with readers of their own' })
    await expect(parts).toContainText('Commercial terms')
    await expect(parts).toContainText(`restricted part: ask the delegation of Kenya (${kenya.account.name})`)
    await expect(parts.getByRole('link')).toHaveCount(0)
    expect((await japan.page.request.get(part)).status()).toBe(404)
    expect((await japan.page.request.get(`${part}/export?format=pdf`)).status()).toBe(404)
    await page.goto(`${part}/share`)
    await page.getByLabel('Delegation', { exact: true }).selectOption({ label: 'Japan' })
    await page.getByLabel('To', { exact: true }).selectOption('read')
    await page.getByRole('button', { name: 'Invite' }).click()
    await expect(page.getByRole('rowheader', { name: 'Japan' })).toBeVisible()
    await japan.page.reload()
    await parts.getByRole('link', { name: 'Commercial terms' }).click()
    await expect(section(japan.page, 'Text')).toContainText('21 dollars')
  })

  await page.goto(url)
  await japan.page.goto(url)
  await saved(page)
  await saved(japan.page)
  const summary = section(page, 'Summary')
  const there = section(japan.page, 'Summary')

  await test.step('the slash menu puts in a table; rows come and columns widen by keyboard', async () => {
    await summary.click()
    await page.keyboard.type('/tab')
    await expect(page.getByRole('option', { name: 'Table' })).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('Enter')
    await expect(there.getByRole('row')).toHaveCount(3)
    await page.keyboard.type('Buyer')
    await page.keyboard.press('Alt+Shift+ArrowDown')
    await expect(there.getByRole('row')).toHaveCount(4)
    await page.keyboard.press('Alt+Shift+ArrowRight')
    await expect(there.getByRole('row').first().locator('th')).toHaveCount(4)
    await page.getByRole('button', { name: 'Wider column' }).click()
    await expect(there.locator('col').first()).toHaveAttribute('style', /width: \d+px/)
  })

  await test.step('a pasted picture is kept by the portal, for those who read the document', async () => {
    await page.keyboard.press('Control+End')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    const bytes = [...(await readFile('test/fixtures/pictures/site.png'))]
    await summary.evaluate((element, data) => {
      const clipboardData = new DataTransfer()
      clipboardData.items.add(new File([new Uint8Array(data)], 'pit.png', { type: 'image/png' }))
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    }, bytes)
    const picture = there.getByRole('img', { name: 'pit' })
    await expect(picture).toHaveAttribute('src', /^\/documents\/[^/]+\/pictures\/[0-9a-f]{64}$/)
    await expect
      .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBeGreaterThan(0)
    const congo = await signIn('head', 'Democratic Republic of the Congo')
    const src = (await picture.getAttribute('src')) ?? ''
    expect((await congo.page.request.get(src)).status()).toBe(404)
  })

  await test.step('a link lives: its label for whoever may see the project, nothing for others', async () => {
    const market = section(page, 'Market and offtake')
    await market.click()
    await page.keyboard.type('As in @Zambu')
    await expect(page.getByRole('option', { name: /Zamburu refinery/ })).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(
      section(japan.page, 'Market and offtake').getByRole('link', { name: 'Zamburu refinery' }),
    ).toHaveAttribute('href', /^\/projects\//)
  })

  await test.step('a footnote is numbered and listed; a section is called ready', async () => {
    await page.keyboard.type('grades are high')
    await page.keyboard.press('Control+Alt+f')
    await page.getByLabel('Note or source').fill('Survey 2024, https://example.org/survey')
    await page.getByRole('button', { name: 'Put it in' }).click()
    const notes = japan.page.getByRole('list', { name: 'Footnotes of Market and offtake' })
    await expect(notes.getByRole('listitem')).toContainText('Survey 2024')
    await expect(notes.getByRole('link')).toHaveAttribute('href', 'https://example.org/survey')
    await page.getByLabel('State of Market and offtake').selectOption('ready')
    await page.getByLabel('Delegation that answers for Market and offtake').selectOption({ label: 'Japan' })
    const outline = japan.page.getByRole('navigation', { name: 'Sections' })
    await expect(outline.getByRole('link', { name: /Market and offtake.*Ready/ })).toBeVisible()
  })

  await test.step('find and replace over all sections, by keyboard', async () => {
    await section(page, 'Risks').click()
    await page.keyboard.type('High water; the Buyer may leave.')
    await page.keyboard.press('Control+f')
    await page.getByLabel('Find', { exact: true }).fill('buyer')
    const found = page.getByRole('search', { name: 'Find in the text' })
    await expect(found.getByRole('status')).toHaveText('– of 2')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await expect(found.getByRole('status')).toHaveText('2 of 2')
    await page.getByLabel('Replace with').fill('Offtaker')
    await page.getByRole('button', { name: 'Replace all' }).click()
    await expect(section(japan.page, 'Risks')).toContainText('the Offtaker may leave')
    await expect(there.locator('th').first()).toContainText('Offtaker')
    await page.getByLabel('Find', { exact: true }).press('Escape')
    await expect(found).toBeHidden()
  })

  await test.step('full screen hides all but the text; nothing breaks the rules of accessibility', async () => {
    await section(page, 'Risks').click()
    await page.keyboard.press('Control+Shift+f')
    await expect(page.getByRole('navigation', { name: 'Sections' })).toBeHidden()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Leave full screen' }).click()
    await expect(page.getByRole('navigation', { name: 'Sections' })).toBeVisible()
    await saved(page)
    await expectAccessible(page)
  })
})
