import { expect, expectAccessible, type Someone, test } from './fixtures'

test('written offline before the part ended: kept aside, seen and accepted by the head', async ({
  signIn,
  expectConsole,
}) => {
  expectConsole(/ERR_INTERNET_DISCONNECTED|WebSocket|Failed to fetch/)
  const kenya = await signIn('head', 'Kenya')
  const japan = await signIn('delegate', 'Japan')
  const url = await startProposal(kenya, 'Kept aside')
  await japan.page.goto(url)
  await saved(japan.page)
  await summary(japan.page).click()
  await japan.page.keyboard.type('Written together. ')
  await saved(japan.page)

  await japan.context.setOffline(true)
  await japan.page.keyboard.type('Written in the air.')
  await expect(status(japan.page, /^Offline, \d+ changes kept here$/)).toBeVisible()
  await kenya.page.getByRole('link', { name: 'Share and settings' }).click()
  await kenya.page.getByRole('button', { name: 'End', exact: true }).click()
  await kenya.page.getByRole('button', { name: 'End its part' }).click()
  await expect(kenya.page.getByRole('rowheader', { name: 'Japan' })).toHaveCount(0)

  await japan.context.setOffline(false)
  await expect(japan.page.getByRole('alert')).toContainText(
    'kept aside for a head of the delegation that leads the text to decide',
  )
  await expect(japan.page.getByRole('alert')).not.toContainText('Kenya')

  await kenya.page.goto(url)
  await expect(summary(kenya.page)).toContainText('Written together.')
  await expect(summary(kenya.page)).not.toContainText('Written in the air.')
  await kenya.page.getByRole('link', { name: 'Share and settings' }).click()
  const waiting = kenya.page.getByRole('article', { name: /Japan$/ })
  await expect(waiting).toContainText('Written together. Written in the air.')
  await expectAccessible(kenya.page)
  await waiting.getByRole('button', { name: 'Take it into the text' }).click()
  await expect(waiting).toHaveCount(0)
  await kenya.page.goto(url)
  await expect(summary(kenya.page)).toContainText('Written together. Written in the air.')
})

test('written offline before it could only be read: the page says who decides, and goes on without it', async ({
  signIn,
  expectConsole,
}) => {
  expectConsole(/ERR_INTERNET_DISCONNECTED|WebSocket|Failed to fetch/)
  const kenya = await signIn('head', 'Kenya')
  const japan = await signIn('delegate', 'Japan')
  const url = await startProposal(kenya, 'Discarded')
  await japan.page.goto(url)
  await saved(japan.page)
  await japan.context.setOffline(true)
  await summary(japan.page).click()
  await japan.page.keyboard.type('Too late.')
  await kenya.page.getByRole('link', { name: 'Share and settings' }).click()
  await kenya.page.getByLabel('Part of Japan').selectOption('read')
  await kenya.page.getByRole('button', { name: 'Set' }).click()
  await expect(kenya.page.getByRole('cell', { name: 'read', exact: true })).toBeVisible()

  await japan.context.setOffline(false)
  await expect(status(japan.page, /^Kept aside: \d+ changes?$/)).toBeVisible()
  await expect(
    japan.page.getByText('kept aside for a head of the delegation of Kenya to decide'),
  ).toBeVisible()
  await japan.page.getByRole('button', { name: 'Show the text without it' }).click()
  await expect(status(japan.page, /^Saved$/)).toBeVisible()
  await expect(summary(japan.page)).not.toContainText('Too late.')

  await kenya.page.reload()
  const waiting = kenya.page.getByRole('article', { name: /Japan$/ })
  await expect(waiting).toContainText('Too late.')
  await waiting.getByRole('button', { name: 'Discard' }).click()
  await kenya.page.getByRole('button', { name: 'Discard it' }).click()
  await expect(waiting).toHaveCount(0)
})

const status = (page: Someone['page'], words: RegExp) => page.getByRole('status').filter({ hasText: words })
const saved = (page: Someone['page']) => expect(status(page, /^Saved$/)).toBeVisible()
const summary = (page: Someone['page']) => page.getByRole('textbox', { name: 'Summary' })

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
