import { expect, expectAccessible, fitsWidth, type Someone, saved, test } from './fixtures'

/** A proposal of Kenya that Japan writes with; Congo takes no part. */
async function startProposal(
  kenya: Someone,
  title: string,
  invite: string | null = 'Japan',
): Promise<string> {
  const { page } = kenya
  await page.goto('/projects/new')
  await page.getByLabel('Title').fill(title)
  await page.getByRole('checkbox', { name: /^Cobalt/ }).check()
  await page.getByRole('checkbox', { name: 'Refining' }).check()
  await page.getByRole('button', { name: 'Enter the project' }).click()
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await page.getByRole('button', { name: 'Start a proposal' }).click()
  await page.waitForURL('**/proposals/*')
  const url = new URL(page.url()).pathname
  if (invite) {
    await page.getByRole('link', { name: 'Share and settings' }).click()
    await page.getByLabel('Delegation', { exact: true }).selectOption({ label: invite })
    await page.getByRole('button', { name: 'Invite' }).click()
    await expect(page.getByRole('rowheader', { name: invite })).toBeVisible()
    await page.goto(url)
  }
  return url
}

const summary = (page: Someone['page']) => page.getByRole('textbox', { name: 'Summary' })

test('two delegations write one proposal at the same time', async ({ signIn }) => {
  const kenya = await signIn('head', 'Kenya')
  const japan = await signIn('delegate', 'Japan')
  const url = await startProposal(kenya, 'Mrima Hill refinery')
  await japan.page.goto('/desk')
  await expect(japan.page.getByRole('link', { name: 'Mrima Hill refinery' }).first()).toBeVisible()
  await japan.page.goto(url)
  await saved(japan.page)
  await saved(kenya.page)

  await summary(kenya.page).click()
  await kenya.page.keyboard.type('Kenya writes here. ')
  await expect(summary(japan.page)).toContainText('Kenya writes here.')
  await summary(japan.page).click()
  await japan.page.keyboard.press('Control+End')
  await Promise.all([
    japan.page.keyboard.type('Japan answers at once. '),
    kenya.page.keyboard.type('And Kenya goes on. '),
  ])
  for (const { page } of [kenya, japan]) {
    await expect(summary(page)).toContainText('Japan answers at once.')
    await expect(summary(page)).toContainText('And Kenya goes on.')
    await saved(page)
  }

  await test.step('each sees who is here and whose caret it is', async () => {
    await expect(kenya.page.getByRole('list', { name: 'Here now' })).toContainText('Hiroshi Onda')
    await expect(kenya.page.locator('.caret-label')).toContainText('Hiroshi Onda, Japan')
    await expect(kenya.page.locator('.caret-label img')).toHaveAttribute('src', '/flags/jp.svg')
  })

  await test.step('undo takes back one’s own work only', async () => {
    await japan.page.waitForTimeout(600)
    await japan.page.keyboard.type('A slip of Japan.')
    await expect(summary(kenya.page)).toContainText('A slip of Japan.')
    await japan.page.keyboard.press('Control+z')
    await expect(summary(kenya.page)).not.toContainText('A slip of Japan.')
    await expect(summary(kenya.page)).toContainText('Kenya writes here.')
  })

  await test.step('headings, lists, tables and links come across', async () => {
    const { page } = kenya
    const text = page.getByRole('textbox', { name: 'Market and offtake' })
    await text.click()
    await page.keyboard.type('Buyers')
    await page.getByRole('button', { name: 'Heading', exact: true }).click()
    await page.keyboard.press('Control+End')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Bullet list' }).click()
    await page.keyboard.type('First buyer')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Quote' }).click()
    await page.keyboard.type('As agreed.')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Table', exact: true }).click()
    await page.keyboard.type('Buyer')
    const there = japan.page.getByRole('textbox', { name: 'Market and offtake' })
    await expect(there.getByRole('heading', { name: 'Buyers' })).toBeVisible()
    await expect(there.getByRole('listitem')).toContainText('First buyer')
    await expect(there.locator('blockquote')).toContainText('As agreed.')
    await expect(there.locator('th').first()).toContainText('Buyer')

    await summary(page).click()
    await page.keyboard.press('Control+End')
    await page.keyboard.press('Control+k')
    await page.getByLabel('Address').fill('mines.go.ke')
    await page.keyboard.press('Enter')
    await expect(summary(japan.page).getByRole('link', { name: 'mines.go.ke' })).toHaveAttribute(
      'href',
      'https://mines.go.ke',
    )
    await page.locator('input[type=file]').setInputFiles('test/fixtures/pictures/site.png')
    await expect(summary(japan.page).getByRole('img', { name: 'site' })).toBeVisible()
    await saved(page)
  })

  await test.step('the structured fields are edited together and show in the project list', async () => {
    await kenya.page.getByLabel('Capacity (t contained a year)').fill('12 500')
    await japan.page.getByLabel('Capital cost').fill('640000000')
    await japan.page.getByLabel('Currency').selectOption('USD')
    await expect(japan.page.getByLabel('Capacity (t contained a year)')).toHaveValue('12500')
    await expect(kenya.page.getByLabel('Capital cost')).toHaveValue('640000000')
    await saved(kenya.page)
    await saved(japan.page)
    await expect
      .poll(async () => {
        await japan.page.request.get('/projects')
        return (await japan.page.request.get('/projects?q=Mrima')).text()
      })
      .toContain('640,000,000')
  })

  await test.step('nothing of it breaks the rules of accessibility', async () => {
    await expectAccessible(kenya.page)
  })
})

test('writing goes on without the network and merges on return', async ({ signIn, expectConsole }) => {
  expectConsole(/ERR_INTERNET_DISCONNECTED|WebSocket|Failed to fetch/)
  const kenya = await signIn('head', 'Kenya')
  const japan = await signIn('head', 'Japan')
  const url = await startProposal(kenya, 'Offline works')
  await japan.page.goto(url)
  await saved(japan.page)
  await saved(kenya.page)
  await kenya.context.setOffline(true)
  await summary(kenya.page).click()
  await kenya.page.keyboard.type('Written in the air. ')
  await expect(
    kenya.page.getByRole('status').filter({ hasText: /^Offline, \d+ changes kept here$/ }),
  ).toBeVisible()
  await summary(japan.page).click()
  await japan.page.keyboard.type('Written on the ground. ')
  await saved(japan.page)
  await expect(summary(japan.page)).not.toContainText('in the air')
  await kenya.context.setOffline(false)
  for (const { page } of [kenya, japan]) {
    await expect(summary(page)).toContainText('Written in the air.')
    await expect(summary(page)).toContainText('Written on the ground.')
    await saved(page)
  }
})

test('a tab closed while offline loses nothing', async ({ signIn, expectConsole }) => {
  expectConsole(/ERR_INTERNET_DISCONNECTED|WebSocket|Failed to fetch/)
  const kenya = await signIn('delegate', 'Kenya')
  const url = await startProposal(kenya, 'Closed while offline', null)
  await saved(kenya.page)
  await kenya.context.setOffline(true)
  await summary(kenya.page).click()
  await kenya.page.keyboard.type('Kept in the browser.')
  await expect(
    kenya.page.getByRole('status').filter({ hasText: /^Offline, \d+ changes kept here$/ }),
  ).toBeVisible()
  await kenya.page.close()
  await kenya.context.setOffline(false)
  const page = await kenya.context.newPage()
  await page.goto(url)
  await expect(summary(page)).toContainText('Kept in the browser.')
  await saved(page)
  const again = await kenya.context.newPage()
  await again.goto(url)
  await expect(summary(again)).toContainText('Kept in the browser.')
})

test('a right taken away reaches the open page at once', async ({ signIn }) => {
  const kenya = await signIn('head', 'Kenya')
  const japan = await signIn('delegate', 'Japan')
  const url = await startProposal(kenya, 'Taken away')
  await japan.page.goto(url)
  await saved(japan.page)
  await kenya.page.getByRole('link', { name: 'Share and settings' }).click()
  await kenya.page.getByLabel('Part of Japan').selectOption('read')
  await kenya.page.getByRole('button', { name: 'Set' }).click()
  await expect(japan.page.getByText('You may read this text.')).toBeVisible()
  await expect(summary(japan.page)).toHaveAttribute('contenteditable', 'false')
  await kenya.page.getByRole('button', { name: 'End', exact: true }).click()
  await kenya.page.getByRole('button', { name: 'End its part' }).click()
  await expect(japan.page.getByRole('status').filter({ hasText: 'Closed' })).toBeVisible()
})

test('an adviser and a reader do not write', async ({ signIn }) => {
  const japan = await signIn('head', 'Japan')
  const url = await startProposal(japan, 'Read by advisers', null)
  for (const role of ['adviser', 'reader']) {
    const { page } = await signIn(role, 'Japan')
    await page.goto(url)
    await expect(summary(page)).toHaveAttribute('contenteditable', 'false')
  }
})

test('a phone shows the text and the key facts apart, and writes', async ({ signIn }) => {
  const kenya = await signIn('head', 'Kenya', { width: 360, dark: true })
  await startProposal(kenya, 'On the phone', null)
  const { page } = kenya
  await saved(page)
  await summary(page).click()
  await page.keyboard.type('Small screen.')
  await saved(page)
  await page.getByRole('button', { name: 'Key facts' }).click()
  await expect(page.getByLabel('Product', { exact: true })).toBeVisible()
  await fitsWidth(page)
  await expectAccessible(page)
})

test('who signs out with unsent work is asked first', async ({ signIn, expectConsole }) => {
  expectConsole(/ERR_INTERNET_DISCONNECTED|WebSocket|Failed to fetch/)
  const japan = await signIn('head', 'Japan')
  await startProposal(japan, 'Unsent at sign-out', null)
  const { page, context } = japan
  await saved(page)
  await context.setOffline(true)
  await summary(page).click()
  await page.keyboard.type('Not sent yet.')
  await expect(page.getByRole('status').filter({ hasText: /kept here$/ })).toBeVisible()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('dialog')).toContainText('kept in this browser and not saved')
  await page.getByRole('button', { name: 'Stay signed in' }).click()
  await context.setOffline(false)
  await saved(page)
  await expect(summary(page)).toContainText('Not sent yet.')
})

test('keyboard alone: from the desk into a text, through its toolbar and back', async ({ signIn }) => {
  const kenya = await signIn('head', 'Kenya')
  const url = await startProposal(kenya, 'By keyboard', null)
  const { page } = kenya
  await page.goto('/desk')
  await tabTo(page, page.getByRole('link', { name: 'By keyboard' }).first())
  await page.keyboard.press('Enter')
  await page.waitForURL(`**${url}`)
  await saved(page)
  await tabTo(page, summary(page))
  await page.keyboard.type('Heading by keys')
  await page.keyboard.press('Alt+F10')
  await expect(page.getByRole('button', { name: 'Undo your last change' })).toBeFocused()
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('button', { name: 'Heading', exact: true })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(summary(page).getByRole('heading', { name: 'Heading by keys' })).toBeVisible()
  await expect(summary(page)).toBeFocused()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Tab')
  await expect(summary(page)).not.toBeFocused()
  await tabTo(page, page.getByLabel('Capacity (t contained a year)'))
  await page.keyboard.type('900')
  await page.keyboard.press('Tab')
  await saved(page)
  await page.reload()
  await expect(page.getByLabel('Capacity (t contained a year)')).toHaveValue('900')
})

/** Presses Tab until the focus is there, as somebody without a mouse does. */
async function tabTo(page: Someone['page'], target: ReturnType<Someone['page']['getByRole']>) {
  await target.waitFor()
  for (let i = 0; i < 120; i++) {
    if (await target.evaluate((element) => element === window.document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${target}`)
}
