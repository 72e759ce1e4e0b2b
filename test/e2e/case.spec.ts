import { PROPOSAL_SECTIONS } from '../../app/domain/proposal-template'
import { expect, expectAccessible, type Someone, test } from './fixtures'

const saved = (page: Someone['page']) =>
  expect(page.getByRole('status').filter({ hasText: /^Saved$/ })).toBeVisible()
const textOf = (page: Someone['page'], name: string) => page.getByRole('textbox', { name, exact: true })

test('a proposal is completed, submitted, sent back, mended, reviewed and put before its group', async ({
  signIn,
  expectConsole,
}, testInfo) => {
  test.setTimeout(300_000)
  // What a first try left behind has another name.
  const title = `Kwale cobalt refinery ${testInfo.retry + 1}`
  expectConsole(/status of (404|422|409)/)
  const kenya = await signIn('head', 'Kenya')
  const { page } = kenya
  await page.goto('/projects/new')
  await page.getByLabel('Title').fill(title)
  await page.getByRole('checkbox', { name: /^Cobalt/ }).check()
  await page.getByRole('checkbox', { name: 'Refining' }).check()
  await page.getByLabel('Country', { exact: true }).selectOption({ label: 'Kenya' })
  await page.getByLabel('Place').fill('Kwale')
  await page.getByRole('button', { name: 'Enter the project' }).click()
  await page.getByRole('button', { name: 'Start a proposal' }).click()
  await page.waitForURL('**/proposals/*')
  const url = new URL(page.url()).pathname
  await saved(page)

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

  await test.step('every section is written, the facts are filled in, and it is submitted', async () => {
    for (const { title: section } of PROPOSAL_SECTIONS) {
      await textOf(page, section).click()
      await page.keyboard.type(`${section} of the refinery.`)
    }
    await page.getByLabel('Capacity (t contained a year)').fill('900')
    await page.getByLabel('Capital cost').fill('64000000')
    await page.getByLabel('Currency').selectOption('USD')
    await page.keyboard.press('Tab')
    await saved(page)
    await page.getByRole('link', { name: 'Where it stands' }).click()
    await page.waitForURL('**/case')
    await expect(async () => {
      await page.reload()
      await expect(page.getByRole('button', { name: 'Submit to the secretariat' })).toBeVisible({
        timeout: 500,
      })
    }).toPass()
    await page.getByRole('button', { name: 'Submit to the secretariat' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Submit' }).click()
    await expect(page.getByText('It is with the secretariat, for screening.')).toBeVisible()
    await expect(page.getByText('submitted it as version 1')).toBeVisible()
    await page.goto(url)
    await expect(textOf(page, 'Summary')).toHaveAttribute('contenteditable', 'false')
  })

  const coordinator = await signIn('coordinator', 'Secretariat')
  await test.step('the coordinator finds it on the desk, takes it up and requests changes', async () => {
    const desk = coordinator.page
    await desk.getByRole('link', { name: title }).click()
    await desk.getByRole('link', { name: 'Where it stands' }).click()
    await desk.waitForURL('**/case')
    await expect(desk.getByText('May be the same project')).toBeVisible()
    await desk.getByRole('button', { name: 'Take up the screening' }).click()
    await expect(desk.getByText('It is with the secretariat, in screening.')).toBeVisible()
    await desk.getByRole('button', { name: 'Request changes' }).click()
    await expect(desk.getByText(/Say why, in at least/)).toBeVisible()
    await desk.getByLabel('What has to change').fill('Who buys the cobalt, and for how long?')
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

  await test.step('the authors read why, write again and submit the next version', async () => {
    await page.goto('/desk')
    await expect(page.getByText('Changes were requested')).toBeVisible()
    await page.goto(`${url}/case`)
    await expect(page.getByText('Who buys the cobalt, and for how long?')).toBeVisible()
    await page.getByRole('link', { name: title }).click()
    await textOf(page, 'Market and offtake').click()
    await page.keyboard.type('Toyota Tsusho buys it for ten years. ')
    await saved(page)
    await page.getByRole('link', { name: 'Where it stands' }).click()
    await page.waitForURL('**/case')
    await page.getByRole('button', { name: 'Submit to the secretariat' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Submit' }).click()
    await expect(page.getByText('submitted it as version 2')).toBeVisible()
  })

  const desk = coordinator.page
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
    for (const { account } of [korea, america, canada])
      await desk.getByRole('checkbox', { name: account.name }).check()
    await desk.getByRole('button', { name: 'Ask them' }).click()
    await expect(desk.getByRole('row').filter({ hasText: 'Asked' })).toHaveCount(3)
    await expectAccessible(desk)
    await desk.getByRole('button', { name: 'Begin the review' }).click()
    await expect(desk.getByText(/with 2 reviewers who accepted; 0 did/)).toBeVisible()
  })

  await test.step('one steps back, two accept and read the frozen version with what changed', async () => {
    for (const { page: reviewer } of [korea, america, canada]) {
      await reviewer.goto('/reviews')
      await reviewer.getByRole('link', { name: title }).click()
      await expect(reviewer.getByRole('heading', { name: 'Will you review it?' })).toBeVisible()
    }
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
    for (const [{ page: one }, mark] of [
      [korea, '4 good'],
      [america, '2 weak'],
    ] as const) {
      await one.reload()
      await expect(one.getByText('What the others found is shown once')).toBeVisible()
      for (const radio of await one.getByRole('radio', { name: mark }).all()) await radio.check()
      for (const reason of await one.getByLabel(/^Reason: /).all()) await reason.fill('As the text shows.')
      await one.getByLabel('What you recommend').selectOption('endorse')
      await expect(one.getByText('Draft saved')).toBeVisible()
      await one.getByRole('button', { name: 'Hand in' }).click()
      await expect(one.getByText(/Not handed in yet/)).toBeVisible()
      await one.getByLabel('To the authors', { exact: true }).fill('State the tonnes of the offtake.')
      await one.getByRole('button', { name: 'Hand in' }).click()
      await expect(one.getByText('All reviews of this version')).toBeVisible()
    }
    await expect(america.page.getByText('3.0')).not.toHaveCount(0)
    await expectAccessible(america.page)
  })

  await test.step('recommended to the group, opened for silence, and broken by a head of the group', async () => {
    await desk.reload()
    await desk.getByLabel('Working group that decides').selectOption({ label: 'Project Group' })
    await desk.getByLabel('Recommendation').fill('Sound, with a binding offtake.')
    await desk.getByRole('button', { name: 'Recommend to the group' }).click()
    await expect(desk.getByText('It is with the working group.')).toBeVisible()
    await desk.getByLabel('In the zone').selectOption('Asia/Seoul')
    await desk.getByRole('button', { name: 'Open the silence procedure' }).click()
    await expect(desk.getByRole('link', { name: title }).last()).toBeVisible()
    await expect(desk.getByText('Silence runs')).toBeVisible()
    const congo = await signIn('head', 'Democratic Republic of the Congo', { width: 390 })
    await congo.page.goto('/decisions')
    await congo.page.getByRole('link', { name: title }).click()
    await expectAccessible(congo.page)
    await congo.page.getByRole('link', { name: 'Read version 2' }).click()
    await expect(congo.page.getByText('Toyota Tsusho buys it for ten years.')).toBeVisible()
    await congo.page.goBack()
    await congo.page.getByLabel('Why').fill('Our offtake was not discussed.')
    await congo.page.getByRole('button', { name: 'Break silence' }).click()
    await expect(congo.page.getByRole('heading', { name: 'Silence was broken' })).toBeVisible()
    await desk.reload()
    await expect(desk.getByText('Silence was broken')).toBeVisible()
    await expect(desk.getByRole('button', { name: 'Open the silence procedure' })).toBeVisible()
  })

  await test.step('a third delegation finds nothing there', async () => {
    const congo = await signIn('head', 'Democratic Republic of the Congo')
    const answer = await congo.page.goto(`${url}/case`)
    expect(answer?.status()).toBe(404)
  })

  await test.step('on a phone', async () => {
    const phone = await signIn('head', 'Kenya', { width: 360, dark: true })
    await phone.page.goto(`${url}/case`)
    await expect(phone.page.getByText('submitted it as version 2')).toBeVisible()
    for (const where of [
      `${url}/case`,
      '/inbox',
      '/deadlines',
      `/records/proposal/${url.split('/').at(-1)}`,
    ]) {
      await phone.page.goto(where)
      await expectAccessible(phone.page)
      expect(
        await phone.page.evaluate(() => window.document.documentElement.scrollWidth - window.innerWidth),
        where,
      ).toBeLessThanOrEqual(0)
    }
  })
})
