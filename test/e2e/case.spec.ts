import * as Y from 'yjs'
import { PROPOSAL_SECTIONS } from '../../app/domain/proposal-template'
import { join, openSocket } from '../harness/live-server'
import { textOfPdf, withoutSpaces } from '../harness/pdf-text'
import { expect, expectAccessible, type Someone } from './fixtures'
import { enterAt, tabTo } from './keyboard'
import { test } from './own-portal'

type Page = Someone['page']

const HOUR = 3_600_000
/** Announced, in a country that has no delegation. */
const PROJECT = { id: 'p032', title: 'Songwe Hill', host: 'Malawi' }
const CONGO = 'Democratic Republic of the Congo'

const saved = (page: Page) =>
  expect(page.getByRole('status').filter({ hasText: /^Saved$/ })).toBeVisible({ timeout: 30_000 })
const textOf = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })
const fitsPhone = async (page: Page) =>
  expect(
    await page.evaluate(() => window.document.documentElement.scrollWidth - window.innerWidth),
    page.url(),
  ).toBeLessThanOrEqual(0)

/** An update that would write into the summary. */
function aWord(): Uint8Array {
  const doc = new Y.Doc()
  doc.getXmlFragment('summary').push([new Y.XmlElement('paragraph')])
  return Y.encodeStateAsUpdate(doc)
}

// What is not there fails where it is missed, not at the end of the whole test's time.
test.use({ actionTimeout: 20_000, navigationTimeout: 20_000 })

test('a real project’s proposal goes from its first word to the printed letter', async ({
  signIn,
  own: { portal },
  expectConsole,
}) => {
  test.setTimeout(300_000)
  const { title } = PROJECT
  expectConsole(/status of (404|422|409)/)
  const kenya = await signIn('head', 'Kenya')
  const { page } = kenya
  await page.goto(`/projects/${PROJECT.id}`)
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await page.getByRole('button', { name: 'Start a proposal' }).click()
  await page.waitForURL('**/proposals/*')
  const url = new URL(page.url()).pathname
  await saved(page)

  await test.step('Japan is invited to write, Congo to comment', async () => {
    await page.getByRole('link', { name: 'Share and settings' }).click()
    for (const [delegation, level] of [
      ['Japan', 'write'],
      [CONGO, 'comment'],
    ] as const) {
      await page.getByLabel('Delegation', { exact: true }).selectOption({ label: delegation })
      await page.getByLabel('To', { exact: true }).selectOption(level)
      await page.getByRole('button', { name: 'Invite' }).click()
      await expect(page.getByRole('rowheader', { name: delegation })).toBeVisible()
    }
    await page.getByRole('link', { name: title }).first().click()
    await page.waitForURL(`**${url}`)
    await saved(page)
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

  const [japan, congo] = [
    await signIn('delegate', 'Japan', { width: 360, dark: true }),
    await signIn('delegate', CONGO),
  ]
  const phone = japan.page
  await test.step('Kenya and Japan, on a phone, write it at the same time', async () => {
    await Promise.all([phone, congo.page].map((one) => one.goto(url)))
    await Promise.all([page, phone, congo.page].map(saved))
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
    const sections = PROPOSAL_SECTIONS.slice(1)
    const write = async (one: Page, part: readonly { title: string }[]) => {
      for (const { title: section } of part) {
        await textOf(one, section).click()
        await one.keyboard.insertText(`${section} of Songwe Hill.`)
      }
    }
    await Promise.all([write(page, sections.slice(0, 5)), write(phone, sections.slice(5))])
    await page.getByLabel('Capacity (t contained a year)').fill('1953')
    await phone.getByRole('button', { name: 'Key facts' }).click()
    await phone.getByLabel('Place', { exact: true }).fill('Songwe Hill, Phalombe')
    await page.getByLabel('Capital cost').fill('277000000')
    await page.getByLabel('Currency').selectOption('USD')
    await Promise.all([page, phone].map((one) => one.keyboard.press('Tab')))
    await Promise.all([page, phone].map(saved))
    await expect(textOf(page, 'Timetable')).toContainText('Timetable of Songwe Hill.')
    await expect(phone.getByLabel('Capital cost')).toHaveValue('277000000')
    await expectAccessible(phone)
    await fitsPhone(phone)
    await phone.getByRole('button', { name: 'Text', exact: true }).click()
  })

  await test.step('Congo advises: it comments on a passage, and the server takes no word of text from it', async () => {
    const market = textOf(congo.page, 'Market and offtake')
    await expect(market).toContainText('of Songwe Hill.')
    await expect(market).toHaveAttribute('contenteditable', 'false')
    await market.selectText()
    await congo.page.keyboard.press('Control+Alt+m')
    const comments = (one: Page) => one.getByRole('complementary', { name: 'Comments' })
    await expect(comments(congo.page).getByRole('combobox', { name: 'Comment' })).toBeFocused()
    await congo.page.keyboard.insertText('Which tonnes are sold already?')
    await congo.page.keyboard.press('Control+Enter')
    await expect(comments(congo.page).getByRole('article')).toContainText('Which tonnes are sold already?')
    const passage = textOf(page, 'Market and offtake').locator('.comment-passage')
    await expect(passage).toHaveText('Market and offtake of Songwe Hill.')
    await passage.click()
    await expect(comments(page).getByRole('article')).toContainText(congo.account.name)
    const { origin } = portal
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

  await test.step('it is submitted, and nobody writes any more', async () => {
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

  const coordinator = await signIn('coordinator', 'Secretariat')
  const desk = coordinator.page
  await test.step('the coordinator finds it on the desk, takes it up and requests changes', async () => {
    await desk.getByRole('link', { name: title }).click()
    await desk.getByRole('link', { name: 'Where it stands' }).click()
    await desk.waitForURL('**/case')
    await expect(desk.getByText('May be the same project')).toBeVisible()
    await desk.getByRole('button', { name: 'Take up the screening' }).click()
    await expect(desk.getByText('It is with the secretariat, in screening.')).toBeVisible()
    await desk.getByRole('button', { name: 'Request changes' }).click()
    await expect(desk.getByText(/Say why, in at least/)).toBeVisible()
    await desk.getByLabel('What has to change').fill('Who buys the oxides, and for how long?')
    await desk.getByRole('button', { name: 'Request changes' }).click()
    await expect(desk.getByText('It is with the authors, for the changes requested.')).toBeVisible()
    await expectAccessible(desk)
  })

  await test.step('the authors are told while their page is open, and the notice leads there', async () => {
    const inbox = page.getByRole('link', { name: /^Inbox, [1-9]\d* unread$/ })
    await expect(inbox).toBeVisible()
    await inbox.focus()
    await page.keyboard.press('Enter')
    await page.waitForURL('**/inbox')
    await expectAccessible(page)
    await page.getByRole('link', { name: `${title}: Secretariat requested changes` }).click()
    await page.waitForURL(`**${url}/case`)
    await page.goto('/inbox')
    await page.getByRole('button', { name: 'Mark all as read' }).click()
    await expect(page.getByText('Everything is read.')).toBeVisible()
    await page.goto('/inbox/settings')
    await expectAccessible(page)
  })

  await test.step('by keyboard alone the authors read why, write again and submit the next version', async () => {
    await page.goto('/desk')
    await expect(page.getByText('Changes were requested')).toBeVisible()
    await enterAt(page.getByRole('main').getByRole('link', { name: title }).first())
    await page.waitForURL(`**${url}`)
    await saved(page)
    await enterAt(page.getByRole('link', { name: 'Where it stands' }))
    await page.waitForURL('**/case')
    await expect(page.getByText('Who buys the oxides, and for how long?')).toBeVisible()
    await enterAt(page.getByRole('main').getByRole('link', { name: title }).first())
    await page.waitForURL(`**${url}`)
    await tabTo(textOf(page, 'Market and offtake'))
    await page.keyboard.press('Control+Home')
    await page.keyboard.type('Toyota Tsusho buys it for ten years. ')
    await saved(page)
    await page.goto(`${url}/case`)
    await enterAt(page.getByRole('button', { name: 'Submit to the secretariat' }))
    await enterAt(page.getByRole('dialog').getByRole('button', { name: 'Submit' }))
    await expect(page.getByText('submitted it as version 2')).toBeVisible()
  })

  const [korea, america, canada] = [
    await signIn('delegate', 'Republic of Korea'),
    await signIn('delegate', 'United States'),
    await signIn('delegate', 'Canada'),
  ]
  await test.step('the coordinator asks three reviewers, none of a delegation that takes part', async () => {
    await desk.goto('/reviews/queue')
    await desk.getByRole('button', { name: 'Remind reviewers' }).click()
    await expect(desk.getByText('Tick at least one proposal.')).toBeVisible()
    await desk.getByRole('checkbox', { name: `Tick ${title}` }).check()
    await desk.getByRole('button', { name: 'Remind reviewers' }).click()
    await expect(desk.getByText('no review is open')).toBeVisible()
    await expectAccessible(desk)
    await desk.getByRole('link', { name: title }).click()
    await desk.getByRole('button', { name: 'Take up the screening' }).click()
    await expect(desk.getByRole('checkbox', { name: congo.account.name })).toBeDisabled()
    for (const { account } of [korea, america, canada])
      await desk.getByRole('checkbox', { name: account.name }).check()
    await desk.getByRole('button', { name: 'Ask them' }).click()
    await expect(desk.getByRole('row').filter({ hasText: 'Asked' })).toHaveCount(3)
    await expectAccessible(desk)
    await desk.getByRole('button', { name: 'Begin the review' }).click()
    await expect(desk.getByText(/with 2 reviewers who accepted; 0 did/)).toBeVisible()
  })

  await test.step('one steps back, two accept and read the frozen version with what changed', async () => {
    await Promise.all(
      [korea, america, canada].map(async ({ page: reviewer }) => {
        await reviewer.goto('/reviews')
        await reviewer.getByRole('link', { name: title }).click()
        await expect(reviewer.getByRole('heading', { name: 'Will you review it?' })).toBeVisible()
      }),
    )
    await canada.page.getByRole('button', { name: 'Step back' }).click()
    const dialog = canada.page.getByRole('dialog')
    await dialog.getByLabel('Kind of conflict').selectOption('personal')
    await dialog.getByLabel('Why').fill('A relative works for the operator.')
    await dialog.getByRole('button', { name: 'Step back' }).click()
    await expect(canada.page.getByText('No review is asked of you')).toBeVisible()
    for (const { page: reviewer } of [korea, america]) {
      await reviewer.getByRole('button', { name: 'Accept the review' }).click()
      await expect(reviewer.getByRole('heading', { name: 'Your sheet' })).toBeVisible()
    }
    await korea.page.getByRole('link', { name: 'What changed since version 1' }).click()
    await expect(korea.page.locator('ins').filter({ hasText: 'Toyota' }).first()).toBeVisible()
    const market = korea.page.getByRole('region', { name: /Market and offtake/ })
    await market.getByText('Ask the authors about this section').click()
    await market.getByRole('textbox', { name: 'Question' }).fill('For which grade is that?')
    await market.getByRole('button', { name: 'Ask the authors' }).click()
    await expect(market.getByText('For which grade is that?')).toBeVisible()
    await expectAccessible(korea.page)
    await korea.page.goto('/reviews')
    await korea.page.getByRole('link', { name: title }).click()
    await expect(korea.page.getByText('For which grade is that?')).toBeVisible()
    await desk.reload()
    await desk.getByRole('button', { name: 'Begin the review' }).click()
    await expect(desk.getByText('It is with the reviewers.')).toBeVisible()
  })

  await test.step('a question is asked and answered; marks are hidden until one’s own are in', async () => {
    const reviewer = korea.page
    await reviewer.getByLabel('Section').selectOption('market')
    await reviewer.getByLabel('Question to the authors').fill('Is the offtake binding?')
    await reviewer.getByRole('button', { name: 'Ask the authors' }).click()
    await expect(reviewer.getByText('Is the offtake binding?')).toBeVisible()
    await page.goto(`${url}/case`)
    const question = page.getByRole('listitem').filter({ hasText: 'Is the offtake binding?' })
    await expect(question.getByText('a reviewer')).toBeVisible()
    await question.getByLabel('Answer').fill('Yes: signed in June.')
    await question.getByRole('button', { name: 'Answer' }).click()
    await expect(page.getByText('Yes: signed in June.')).toBeVisible()
    await Promise.all(
      (
        [
          [korea, '4 good'],
          [america, '2 weak'],
        ] as const
      ).map(async ([{ page: one }, mark]) => {
        await one.reload()
        for (const radio of await one.getByRole('radio', { name: mark }).all()) await radio.check()
        for (const reason of await one.getByLabel(/^Reason: /).all()) await reason.fill('As the text shows.')
        await one.getByLabel('What you recommend').selectOption('endorse')
        await expect(one.getByText('Draft saved')).toBeVisible()
      }),
    )
    for (const { page: one } of [korea, america]) {
      await one.reload()
      await expect(one.getByText('What the others found is shown once')).toBeVisible()
      await one.getByRole('button', { name: 'Hand in' }).click()
      await expect(one.getByText(/Not handed in yet/)).toBeVisible()
      await one.getByLabel('To the authors', { exact: true }).fill('State the tonnes of the offtake.')
      await one.getByRole('button', { name: 'Hand in' }).click()
      await expect(one.getByText('All reviews of this version')).toBeVisible()
    }
    await expect(america.page.getByText('3.0')).not.toHaveCount(0)
    await expectAccessible(america.page)
  })

  await test.step('recommended to the group; the host’s consent comes by letter and is recorded', async () => {
    await desk.reload()
    await desk.getByLabel('Working group that decides').selectOption({ label: 'Project Group' })
    await desk.getByLabel('Recommendation').fill('Sound, with a binding offtake.')
    await desk.getByRole('button', { name: 'Recommend to the group' }).click()
    await expect(desk.getByText('It is with the working group.')).toBeVisible()
    await desk.getByRole('button', { name: `Ask ${PROJECT.host} for its consent` }).click()
    await desk.getByRole('link', { name: PROJECT.host }).click()
    await desk.getByLabel('Signed by').fill('The Minister of Mining')
    await desk.getByLabel('Letter').fill('MoM/2026/118')
    await desk.getByRole('button', { name: 'Give consent' }).click()
    await expect(desk.getByText('MoM/2026/118')).toBeVisible()
    await desk.getByRole('link', { name: 'Where it stands' }).click()
    await desk.waitForURL('**/case')
  })

  const openSilence = async () => {
    await desk.getByLabel('In the zone').selectOption('Asia/Seoul')
    await desk.getByRole('button', { name: 'Open the silence procedure' }).click()
    await expect(desk.getByRole('link', { name: title }).last()).toBeVisible()
    await expect(desk.getByText('Silence runs')).toBeVisible()
  }

  await test.step('silence is opened, and broken on a phone by keyboard alone', async () => {
    await openSilence()
    const breaks = await signIn('head', CONGO, { width: 390 })
    await breaks.page.goto('/decisions')
    await enterAt(breaks.page.getByRole('link', { name: title }))
    await breaks.page.waitForURL('**/silence/*')
    await expectAccessible(breaks.page)
    await enterAt(breaks.page.getByRole('link', { name: 'Read version 2' }))
    await expect(breaks.page.getByText('Toyota Tsusho buys it for ten years.')).toBeVisible()
    await breaks.page.goBack()
    await tabTo(breaks.page.getByLabel('Why'))
    await breaks.page.keyboard.type('The price was not discussed.')
    await enterAt(breaks.page.getByRole('button', { name: 'Break silence' }))
    await expect(breaks.page.getByRole('heading', { name: 'Silence was broken' })).toBeVisible()
    await desk.reload()
    await expect(desk.getByText('Silence was broken')).toBeVisible()
  })

  await test.step('it is opened again, days pass, and it holds: the portal decides by itself', async () => {
    await openSilence()
    await portal.pass(96 * HOUR + 60_000)
    // Those who may not read it find nothing there: who stepped back, and whoever takes no part.
    for (const outsider of [canada, await signIn('officer', 'Export-Import Bank of the United States')]) {
      const answer = await outsider.page.goto(`${url}/case`)
      expect(answer?.status()).toBe(404)
    }
    await phone.goto(`/records/proposal/${url.split('/').at(-1)}`)
    await expectAccessible(phone)
    await fitsPhone(phone)
    await expect
      .poll(async () => (await phone.request.get(`${url}/case`)).text(), { timeout: 45_000 })
      .toContain('The letter to the delegation (PDF)')
  })

  await test.step('the letter is printed', async () => {
    await page.goto(`${url}/case`)
    await expect(page.getByText('Endorsed').first()).toBeVisible()
    const number = (await page.getByRole('link', { name: /^FORGE-PG-\d{4}-\d{3}$/ }).textContent()) ?? ''
    await expectAccessible(page)
    const href = await page
      .getByRole('link', { name: 'The letter to the delegation (PDF)' })
      .getAttribute('href')
    const letter = await page.request.get(href ?? '')
    expect(letter.headers()['content-type']).toBe('application/pdf')
    const said = await textOfPdf(await letter.body())
    for (const words of [
      number,
      'To The delegation of Kenya',
      `Proposal ${title}`,
      'Decision Endorsed',
      'by silence procedure',
      'On version 2',
      `The group endorses the proposal “${title}”.`,
      '2 reviewers gave it 3.0 of 5',
      'State the tonnes of the offtake.',
    ])
      expect(said).toContain(withoutSpaces(words))
    for (const { account } of [korea, america]) expect(said).not.toContain(withoutSpaces(account.name))
  })

  await test.step('on a phone', async () => {
    for (const where of [`${url}/case`, '/inbox', '/deadlines', '/decisions']) {
      await phone.goto(where)
      await expectAccessible(phone)
      await fitsPhone(phone)
    }
    await expect(phone.getByText('Adopted: silence held')).toBeVisible()
  })
})
