import { expect, expectAccessible, fitsWidth, type Someone, saved, test } from './fixtures'

/** A proposal of Kenya that Japan writes with. */
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
  await page.goto(url)
  return url
}

/** The text beside it is looked at where it is written. */
const PANEL = 'dialog[open]'
const summary = (page: Someone['page']) => page.getByRole('textbox', { name: 'Summary' })

test('two delegations see who wrote what, what changed, and bring a version back', async ({
  signIn,
  expectConsole,
}) => {
  test.setTimeout(120_000)
  expectConsole(/422|ERR_INTERNET_DISCONNECTED|ERR_FAILED/)
  const kenya = await signIn('head', 'Kenya')
  const japan = await signIn('delegate', 'Japan')
  const url = await startProposal(kenya, 'A text with a past')
  await japan.page.goto(url)
  await saved(japan.page)
  await summary(kenya.page).click()
  await kenya.page.keyboard.type('The refinery stands in Mombasa.')
  await saved(kenya.page)
  const { page } = kenya
  const opener = page.getByRole('link', { name: 'History' })
  const panel = page.getByRole('dialog', { name: 'History' })
  const timeLine = panel.getByRole('complementary', { name: 'Who wrote when' })
  await opener.click()

  await test.step('the panel is in the address: Back and Escape close it, and the focus goes back', async () => {
    await expect(panel.getByRole('slider', { name: 'Version' })).toBeVisible()
    await expect(page).toHaveURL(`${url}?history`)
    await page.goBack()
    await expect(panel).toBeHidden()
    await expect(opener).toBeFocused()
    await page.keyboard.press('Enter')
    await panel.getByRole('button', { name: 'Time line' }).click()
    await page.keyboard.press('Escape')
    await expect(panel).toBeHidden()
    await expect(opener).toBeFocused()
    await expect(page).toHaveURL(url)
    await page.keyboard.press('Enter')
  })

  await test.step('a version gets a name', async () => {
    const naming = panel.getByRole('dialog')
    await page.getByRole('button', { name: 'Name this version' }).click()
    await page.getByLabel('Name', { exact: true }).fill('ab')
    await page.getByRole('button', { name: 'Name it' }).click()
    await expect(naming).toContainText('at least 3 characters')
    await naming.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('button', { name: 'Name this version' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Before Japan wrote')
    await page.context().setOffline(true)
    await page.getByRole('button', { name: 'Name it' }).click()
    await expect(
      naming.getByText('The portal does not answer, and nothing is known to be done.'),
    ).toBeVisible()
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Before Japan wrote')
    await page.context().setOffline(false)
    await page.getByRole('button', { name: 'Name it' }).click()
    await panel.getByRole('button', { name: 'Time line' }).click()
    await expect(timeLine.getByRole('link', { name: /Before Japan wrote/ })).toBeVisible()
  })

  await test.step('without the line the editor stays, and the history comes when the portal answers', async () => {
    await panel.getByRole('button', { name: 'Close', exact: true }).click()
    await page.context().setOffline(true)
    await opener.click()
    await expect(page.getByText('The portal does not answer. This page stays')).toBeVisible()
    await page.getByRole('link', { name: 'PDF', exact: true }).click()
    await page.getByRole('link', { name: 'Share and settings' }).click()
    await expect(page.getByText('The portal does not answer, so this page stays.')).toBeVisible()
    await expect(page).toHaveURL(`${url}?history`)
    await expect(summary(page)).toContainText('The refinery stands in Mombasa.')
    await summary(page).click()
    await page.keyboard.press('Control+f')
    const missing = page.getByRole('status').filter({ hasText: 'Find could not be loaded.' })
    await expect(missing).toBeVisible()
    await page.context().setOffline(false)
    await missing.getByRole('button', { name: 'Try again' }).click()
    await expect(page.getByLabel('Find', { exact: true })).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(panel.getByRole('slider', { name: 'Version' })).toBeVisible()
    await panel.getByRole('button', { name: 'Time line' }).click()
  })

  await test.step('what changed is told word by word', async () => {
    await summary(japan.page).click()
    await japan.page.keyboard.press('Control+End')
    await japan.page.keyboard.type(' It opens in 2028.')
    await japan.page.getByLabel('Capacity (t contained a year)').fill('12500')
    await japan.page.keyboard.press('Tab')
    await saved(japan.page)
    await expect(summary(page)).toContainText('It opens in 2028.')
    await panel.getByRole('button', { name: 'Show it as it is now' }).click()
    await expect(timeLine.getByRole('link', { name: /Hiroshi Onda.*Japan.*\+4 words/ })).toBeVisible()
    await panel.getByRole('button', { name: 'Text', exact: true }).click()
    await expect(panel.locator('ins').filter({ hasText: 'It opens in 2028.' })).toBeVisible()
    await expect(panel.locator('ins').filter({ hasText: 't a year' })).toBeVisible()
    await expectAccessible(page, PANEL)
  })

  await test.step('who wrote it, by click, by keyboard and by selection', async () => {
    await page.getByRole('link', { name: 'Who wrote it' }).click()
    const legend = page.getByRole('list', { name: 'Authors' })
    await expect(legend).toContainText('Hiroshi Onda, Japan')
    const told = panel.getByRole('status')
    await page.getByRole('button', { name: 'It opens in 2028.' }).click()
    await expect(told).toContainText(/Hiroshi Onda, Japan.*verified/)
    await page.keyboard.press('ArrowLeft')
    await expect(told).toContainText(`${kenya.account.name}, Kenya`)
    await panel.getByRole('heading', { name: 'Summary' }).locator('..').locator('p').first().selectText()
    await expect(told).toContainText('Japan')
    await expect(told).toContainText('Kenya')
    await expectAccessible(page, PANEL)
  })

  async function restore() {
    await panel.getByRole('button', { name: 'Restore this version' }).click()
    await panel.getByRole('dialog').getByRole('button', { name: 'Restore this version' }).click()
  }

  await test.step('a version comes back, and whoever has it open sees it', async () => {
    await page.getByRole('link', { name: 'What changed' }).click()
    await panel.getByRole('button', { name: 'Time line' }).click()
    await timeLine.getByRole('link', { name: /Before Japan wrote/ }).click()
    await restore()
    await expect(summary(japan.page)).not.toContainText('It opens in 2028.')
    await expect(summary(japan.page)).toContainText('The refinery stands in Mombasa.')
    await expect(japan.page.getByLabel('Capacity (t contained a year)')).toHaveValue('')
    await expect(timeLine).toContainText('brought an earlier version back')
    await panel.getByRole('button', { name: 'Text', exact: true }).click()
    await expect(panel.locator('del').filter({ hasText: 'It opens in 2028.' })).toBeVisible()
    await panel.getByRole('link', { name: 'Earlier version', exact: true }).click()
    await restore()
    await expect(summary(japan.page)).toContainText('It opens in 2028.')
  })

  await test.step('on a phone, in the dark', async () => {
    const phone = await signIn('delegate', 'Japan', { width: 360, dark: true })
    await phone.page.goto(url)
    await phone.page.getByRole('link', { name: 'History' }).click()
    // Over the text it is a modal dialog: the browser asks it to close as well, and the page before the text is not gone to.
    await expect(phone.page.getByRole('slider', { name: 'Version' })).toBeVisible()
    await phone.page.keyboard.press('Escape')
    await expect(phone.page.getByRole('dialog')).toHaveCount(0)
    await expect(phone.page).toHaveURL(url)
    await phone.page.getByRole('link', { name: 'History' }).click()
    await expect(phone.page.locator('ins').filter({ hasText: 'It opens in 2028.' })).toBeVisible()
    await expectAccessible(phone.page, PANEL)
    for (const pane of ['Time line', 'Text']) {
      await phone.page.getByRole('dialog').getByRole('button', { name: pane, exact: true }).click()
      await fitsWidth(phone.page)
    }
    await phone.page.getByRole('slider', { name: 'Version' }).press('ArrowLeft')
    await expect(phone.page.locator('del').filter({ hasText: 'It opens in 2028.' })).toBeVisible()
    await phone.page.getByRole('link', { name: 'On a page of its own' }).click()
    await expect(phone.page.getByRole('heading', { level: 1, name: 'History' })).toBeVisible()
    await expect(phone.page.getByRole('main')).toContainText('TLP')
    await expect(phone.page.locator('del').filter({ hasText: 'It opens in 2028.' })).toBeVisible()
    await fitsWidth(phone.page)
    await expectAccessible(phone.page)
  })
})
