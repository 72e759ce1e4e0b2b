/** The first part of a case: a real project's proposal is started, written by two delegations, advised on and submitted. */
import * as Y from 'yjs'
import { PROPOSAL_SECTIONS } from '../../app/domain/proposal-template'
import { join, openSocket } from '../harness/live-server'
import { expect, expectAccessible, type Someone, test } from './fixtures'

type Page = Someone['page']

/** Announced, in a country that has no delegation. */
export const PROJECT = { id: 'p032', title: 'Songwe Hill', host: 'Malawi' }
export const CONGO = 'Democratic Republic of the Congo'

/** The time in which a loaded machine shows an editor. ms. */
const EDITOR_MS = 30_000

export const saved = (page: Page) =>
  expect(page.getByRole('status').filter({ hasText: /^Saved$/ })).toBeVisible({ timeout: EDITOR_MS })
export const textOf = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })
export const fitsPhone = async (page: Page) =>
  expect(
    await page.evaluate(() => window.document.documentElement.scrollWidth - window.innerWidth),
    page.url(),
  ).toBeLessThanOrEqual(0)

/** Out: the proposal's path. Kenya's page is on the text then, and what is missing was said. */
export async function startProposal({ page }: Someone): Promise<string> {
  await expect(page.getByRole('heading', { level: 1, name: PROJECT.title })).toBeVisible()
  await page.getByRole('button', { name: 'Start a proposal' }).click()
  await page.waitForURL('**/proposals/*')
  const url = new URL(page.url()).pathname

  await test.step('Japan and Congo are invited to write: what Congo’s adviser may do is in its role', async () => {
    await page.getByRole('link', { name: 'Share and settings' }).click()
    for (const delegation of ['Japan', CONGO]) {
      await page.getByLabel('Delegation', { exact: true }).selectOption({ label: delegation })
      await page.getByLabel('To', { exact: true }).selectOption('write')
      await page.getByRole('button', { name: 'Invite' }).click()
      await expect(page.getByRole('rowheader', { name: delegation })).toBeVisible()
    }
    await page.getByRole('link', { name: PROJECT.title }).first().click()
    await page.waitForURL(`**${url}`)
  })

  await test.step('what is missing is said by section, and leads there', async () => {
    await page.getByRole('link', { name: 'Where it stands' }).click()
    await page.waitForURL('**/case')
    await page.getByRole('button', { name: 'Check and submit' }).click()
    await expect(page.getByRole('alert')).toContainText('It is not complete yet')
    await expect(page.getByRole('listitem').filter({ hasText: 'Key facts' }).first()).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Timetable' }).click()
    await page.waitForURL(`**${url}#timetable`)
    await expect(textOf(page, 'Timetable')).toBeInViewport()
  })
  return url
}

/** `phone`: Japan's page, 360 px wide. Each writes its part of the sections, and both the summary. */
export const writeTogether = (page: Page, phone: Page) =>
  test.step('Kenya and Japan, on a phone, write it at the same time', async () => {
    await Promise.all([page, phone].map(saved))
    const [there, here] = [textOf(page, 'Summary'), textOf(phone, 'Summary')]
    await there.click()
    await page.keyboard.insertText('In Malawi. ')
    await expect(here).toContainText('In Malawi.')
    await here.click()
    await phone.keyboard.press('Control+End')
    await Promise.all([
      page.keyboard.type('Kenya buys carbonate. '),
      phone.keyboard.type('Japan separates it. '),
    ])
    for (const one of [there, here]) {
      await expect(one).toContainText('Kenya buys carbonate.')
      await expect(one).toContainText('Japan separates it.')
    }
    const write = async (one: Page, part: readonly { title: string }[]) => {
      for (const { title } of part) await textOf(one, title).fill(`${title} of Songwe Hill.`)
    }
    const sections = PROPOSAL_SECTIONS.slice(1)
    await Promise.all([write(page, sections.slice(0, 5)), write(phone, sections.slice(5))])
    await page.getByLabel('Capacity (t contained a year)').fill('1953')
    await page.getByLabel('Capital cost').fill('277000000')
    await page.getByLabel('Currency').selectOption('USD')
    await phone.getByRole('button', { name: 'Key facts' }).click()
    await phone.getByLabel('Place', { exact: true }).fill('Songwe Hill, Phalombe')
    await phone.keyboard.press('Tab')
    await Promise.all([page, phone].map(saved))
    await expect(textOf(page, 'Timetable')).toContainText('Timetable of Songwe Hill.')
    await expect(phone.getByLabel('Capital cost')).toHaveValue('277000000')
    await fitsPhone(phone)
    await phone.getByRole('button', { name: 'Text', exact: true }).click()
  })

/** An update that would write into the summary. */
function aWord(): Uint8Array {
  const doc = new Y.Doc()
  doc.getXmlFragment('summary').push([new Y.XmlElement('paragraph')])
  return Y.encodeStateAsUpdate(doc)
}

/** What only changes the text. */
const WRITING_TOOLS = ['Suggest', 'Undo your last change', 'Bold', 'Picture', 'Footnote', 'Find and replace']

/** `congo`: of the delegation role that comments and does not write, in a delegation that may write. */
export const advise = (page: Page, congo: Someone) =>
  test.step('Congo’s adviser comments on a passage; the server takes no word of text from it', async () => {
    const tools = (one: Page) => one.getByRole('toolbar', { name: 'Formatting' })
    const adviser = congo.page
    await saved(adviser)
    await expect(adviser.getByRole('link', { name: congo.account.name })).toContainText('Adviser')
    for (const name of WRITING_TOOLS) {
      await expect(tools(page).getByRole('button', { name, exact: true })).toBeVisible()
      await expect(tools(adviser).getByRole('button', { name, exact: true })).toHaveCount(0)
    }
    await expect(adviser.getByLabel('Capital cost')).toHaveAttribute('readonly')
    const market = textOf(adviser, 'Market and offtake')
    await expect(market).toContainText('of Songwe Hill.')
    await expect(market).toHaveAttribute('contenteditable', 'false')
    await market.selectText()
    await adviser.keyboard.press('Control+Alt+m')
    const comments = (one: Page) => one.getByRole('complementary', { name: 'Comments' })
    await expect(comments(adviser).getByRole('combobox', { name: 'Comment' })).toBeFocused()
    await adviser.keyboard.insertText('Which tonnes are sold already?')
    await adviser.keyboard.press('Control+Enter')
    await expect(comments(adviser).getByRole('article')).toContainText('Which tonnes are sold already?')
    const passage = textOf(page, 'Market and offtake').locator('.comment-passage')
    await expect(passage).toHaveText('Market and offtake of Songwe Hill.')
    await passage.click()
    await expect(comments(page).getByRole('article')).toContainText(congo.account.name)

    const { origin } = new URL(page.url())
    const cookies = await congo.context.cookies()
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    const share = await page.getByRole('link', { name: 'Share and settings' }).getAttribute('href')
    const channel = share?.split('/')[2] ?? ''
    const socket = await openSocket(origin, { origin, cookie })
    try {
      expect(await join(socket, channel, 'adviser-1')).toMatchObject({ ok: true, access: 'comment' })
      const refused = new Promise((resolve) => socket.once('refused', resolve))
      socket.emit('append', { channel, writer: 'adviser-1', items: [[1, Buffer.from(aWord())]] })
      expect(await refused).toMatchObject({ channel, code: 'forbidden' })
    } finally {
      socket.disconnect()
    }
  })

export const submit = (page: Page, url: string, phone: Page) =>
  test.step('it is submitted, and nobody writes any more', async () => {
    // What is complete is read from the text a moment after it was written.
    await expect
      .poll(async () => (await page.request.get(`${url}/case`)).text(), { timeout: 30_000 })
      .toContain('Submit to the secretariat')
    await page.getByRole('link', { name: 'Where it stands' }).click()
    await page.waitForURL('**/case')
    await page.getByRole('button', { name: 'Submit to the secretariat' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Submit' }).click()
    await expect(page.getByText('It is with the secretariat, for screening.')).toBeVisible()
    await expect(page.getByText('submitted it as version 1')).toBeVisible()
    await expect(textOf(phone, 'Summary')).toHaveAttribute('contenteditable', 'false')
  })
