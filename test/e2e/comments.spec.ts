import { expect, expectAccessible, type Someone, saved, test } from './fixtures'

type Page = Someone['page']

/** A proposal that two delegations write. */
async function startProposal({ page }: Someone, title: string, invited: string): Promise<string> {
  await page.goto('/projects/new')
  await page.getByLabel('Title').fill(title)
  await page.getByRole('checkbox', { name: /^Cobalt/ }).check()
  await page.getByRole('checkbox', { name: 'Refining' }).check()
  await page.getByRole('button', { name: 'Enter the project' }).click()
  await page.getByRole('button', { name: 'Start a proposal' }).click()
  await page.waitForURL('**/proposals/*')
  const url = new URL(page.url()).pathname
  await page.getByRole('link', { name: 'Share and settings' }).click()
  await page.getByLabel('Delegation', { exact: true }).selectOption({ label: invited })
  await page.getByRole('button', { name: 'Invite' }).click()
  await expect(page.getByRole('rowheader', { name: invited })).toBeVisible()
  await page.goto(url)
  return url
}

const summary = (page: Page) => page.getByRole('textbox', { name: 'Summary' })
const panel = (page: Page) => page.getByRole('complementary', { name: 'Comments' })
const marked = (page: Page) => summary(page).locator('.comment-passage')

/** The summary's words, without the names at others' carets. */
const expectWords = (page: Page, words: string) =>
  expect
    .poll(() =>
      summary(page).evaluate((text) => {
        const copy = text.cloneNode(true) as Element
        for (const caret of copy.querySelectorAll('.caret')) caret.remove()
        return copy.textContent
      }),
    )
    .toBe(words)

/** Selects words of the summary as a person does who has no caret in it; the editor has seen it when this resolves. */
const select = (page: Page, words: string) =>
  summary(page).evaluate(async (text, wanted) => {
    const seen = new Promise((resolve) => {
      window.document.addEventListener('selectionchange', resolve, { once: true })
    })
    const walker = window.document.createTreeWalker(text, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.textContent?.indexOf(wanted) ?? -1
      if (at < 0) continue
      window.getSelection()?.setBaseAndExtent(node, at, node, at + wanted.length)
      await seen
      return
    }
    throw new Error(`${wanted} is not in the text`)
  }, words)

test('an adviser comments on a passage while another delegation writes before it', async ({ signIn }) => {
  const kenya = await signIn('head', 'Kenya')
  const adviser = await signIn('adviser', 'Japan')
  const japan = await signIn('delegate', 'Japan')
  const url = await startProposal(kenya, 'Talked about', 'Japan')
  await summary(kenya.page).click()
  await kenya.page.keyboard.type('The refinery makes cobalt sulphate.')
  await saved(kenya.page)
  for (const { page } of [adviser, japan]) await page.goto(url)
  await saved(adviser.page)
  await saved(japan.page)

  await test.step('the adviser does not write, and begins a thread that names Japan', async () => {
    const { page } = adviser
    await expect(summary(page)).toHaveAttribute('contenteditable', 'false')
    await select(page, 'cobalt sulphate')
    await page.keyboard.press('Control+Alt+m')
    const box = panel(page).getByRole('combobox', { name: 'Comment' })
    await expect(box).toBeFocused()
    await page.keyboard.type('How pure, @jap')
    await expect(panel(page).getByRole('option', { name: /^Japan/ })).toBeVisible()
    await page.keyboard.press('Enter')
    await page.keyboard.type('?')
    await expect(box).toHaveValue('How pure, @Japan ?')
    await page.keyboard.press('Control+Enter')
    await expect(panel(page).getByRole('article')).toContainText('How pure, @Japan ?')
    await expect(marked(page)).toHaveText('cobalt sulphate')
  })

  await test.step('it is at the others’ open pages at once, and stays with its words while they write', async () => {
    const { page } = japan
    await expect(marked(page)).toHaveText('cobalt sulphate')
    await summary(page).click()
    await page.keyboard.press('Control+Home')
    await page.keyboard.type('In short: ')
    await page.keyboard.press('Enter')
    for (const one of [kenya, adviser, japan]) {
      await expect(summary(one.page)).toContainText('In short:')
      await expect(marked(one.page)).toHaveText('cobalt sulphate')
    }
  })

  await test.step('Japan answers beside the passage, and Kenya resolves', async () => {
    await marked(japan.page).click()
    const thread = panel(japan.page).getByRole('article')
    await thread.getByRole('button', { name: 'Answer' }).click()
    await japan.page.keyboard.type('99.8 %.')
    await thread.getByRole('button', { name: 'Answer', exact: true }).click()
    await kenya.page
      .getByRole('button', { name: /^Comments/ })
      .first()
      .click()
    await expect(panel(kenya.page).getByRole('article')).toContainText('99.8 %.')
    await expectAccessible(kenya.page)
    await panel(kenya.page).getByRole('button', { name: 'Resolve', exact: true }).click()
    await expect(panel(adviser.page).getByRole('article')).toHaveCount(0)
    await expect(marked(adviser.page)).toHaveCount(0)
    await panel(adviser.page)
      .getByRole('button', { name: /^Resolved 1/ })
      .click()
    await panel(adviser.page).getByRole('button', { name: 'Reopen' }).click()
    await expect(marked(kenya.page)).toHaveText('cobalt sulphate')
  })

  await test.step('when its words are deleted the thread keeps them', async () => {
    const { page } = kenya
    await select(page, 'cobalt sulphate')
    await page.keyboard.press('Delete')
    await expect(panel(page).getByText('The passage was deleted.')).toBeVisible()
    await expect(panel(page).getByRole('article')).toContainText('cobalt sulphate')
  })

  await test.step('somebody who takes no part sees nothing', async () => {
    const { page } = await signIn('head', 'Democratic Republic of the Congo')
    const id = /documents\/([^/]+)\//.exec(
      (await kenya.page.getByRole('link', { name: 'Word file' }).getAttribute('href')) ?? '',
    )?.[1]
    const seen = await page.request.get(`/documents/${id}/comments`)
    const none = await page.request.get('/documents/none/comments')
    expect([seen.status(), await seen.text()]).toEqual([404, await none.text()])
  })
})

test('Japan suggests; Kenya accepts one and rejects one, beside the text and by keyboard', async ({
  signIn,
}) => {
  const kenya = await signIn('head', 'Kenya')
  const japan = await signIn('delegate', 'Japan')
  const url = await startProposal(kenya, 'Suggested to', 'Japan')
  await summary(kenya.page).click()
  await kenya.page.keyboard.type('The mine opens in spring.')
  await saved(kenya.page)
  await japan.page.goto(url)
  await saved(japan.page)
  const beside = (page: Page) => page.getByRole('complementary', { name: 'Suggestions' })
  const open = (page: Page) =>
    page
      .getByRole('button', { name: /^Suggestions/ })
      .first()
      .click()

  await test.step('what Japan writes and deletes is proposed', async () => {
    const { page } = japan
    await summary(page).click()
    await page.keyboard.press('Control+Alt+x')
    await expect(page.getByRole('button', { name: 'Suggest', exact: true })).toHaveAttribute(
      'aria-pressed',
      'true',
    )
    await select(page, 'spring')
    await page.keyboard.type('autumn')
    await page.keyboard.press('Control+Home')
    await page.keyboard.type('In short: ')
    await page.keyboard.press('Enter')
    await expect(page.getByText(/Only words can be suggested/)).toBeVisible()
    await expectWords(page, 'In short: The mine opens in springautumn.')
    await saved(page)
  })

  await test.step('Kenya sees who, accepts one beside the text and rejects the other by keyboard', async () => {
    const { page } = kenya
    await expect(summary(page).locator('ins')).toHaveText(['In short: ', 'autumn'])
    await open(page)
    const cards = beside(page).getByRole('article')
    await expect(cards).toHaveCount(2)
    await expect(cards.filter({ hasText: 'autumn' })).toContainText('Japan')
    await expectAccessible(page)
    await cards.filter({ hasText: 'autumn' }).getByRole('button', { name: 'Accept' }).click()
    await expectWords(page, 'In short: The mine opens in autumn.')
    await summary(page).click()
    await page.keyboard.press('Control+Alt+.')
    await page.keyboard.press('Control+Alt+r')
    await expectWords(page, 'The mine opens in autumn.')
    for (const one of [kenya, japan]) {
      await expectWords(one.page, 'The mine opens in autumn.')
      await expect(summary(one.page).locator('ins, del')).toHaveCount(0)
    }
  })

  await test.step('a proposal with an open suggestion is not complete, and leads to it', async () => {
    await summary(japan.page).click()
    await japan.page.keyboard.press('Control+End')
    await japan.page.keyboard.type(' Perhaps.')
    await saved(japan.page)
    await expect(async () => {
      await kenya.page.goto(`${url}/case`)
      await expect(kenya.page.getByText(/1 suggestion is open/)).toBeVisible({ timeout: 1000 })
    }).toPass()
    await kenya.page
      .getByRole('listitem')
      .filter({ hasText: '1 suggestion is open' })
      .getByRole('link')
      .click()
    await expect(beside(kenya.page).getByRole('article')).toContainText('Perhaps.')
  })
})

test('on a phone comments come up over the text, and what could not be sent is kept', async ({
  signIn,
  expectConsole,
}) => {
  expectConsole(/ERR_INTERNET_DISCONNECTED|WebSocket|Failed to fetch/)
  const kenya = await signIn('head', 'Kenya', { width: 360, dark: true })
  await startProposal(kenya, 'Talked about on the way', 'Japan')
  const { page, context } = kenya
  await saved(page)
  await summary(page).click()
  await page.keyboard.type('Small screen.')
  await saved(page)
  await page.getByRole('button', { name: 'Comment', exact: true }).click()
  await page.keyboard.type('Too short')
  await context.setOffline(true)
  await panel(page).getByRole('button', { name: 'Comment', exact: true }).click()
  await expect(panel(page).getByRole('alert').first()).toContainText('cannot be reached')
  await expect(panel(page).getByRole('combobox')).toHaveValue('Too short')
  await context.setOffline(false)
  await panel(page).getByRole('button', { name: 'Comment', exact: true }).click()
  await expect(panel(page).getByRole('article')).toContainText('Too short')
  await expectAccessible(page)
  await panel(page).getByRole('button', { name: 'Close' }).click()
  await expect(summary(page).locator('.comment-passage')).toHaveText('Small screen.')
})
