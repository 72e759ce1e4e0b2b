import path from 'node:path'
import { textOfPdf, withoutSpaces } from '../harness/pdf-text'
import { acceptAndRead, askAndScore, askReviewers } from './case-review'
import {
  advise,
  CONGO,
  fitsPhone,
  PROJECT,
  saved,
  startProposal,
  submit,
  textOf,
  writeTogether,
} from './case-writing'
import { account, expect, expectAccessible } from './fixtures'
import { enterAt, tabTo } from './keyboard'
import { test } from './own-portal'

const HOUR = 3_600_000

// What is not there fails where it is missed, not at the end of the whole test's time.
test.use({ actionTimeout: 20_000, navigationTimeout: 20_000 })

test('a real project’s proposal goes from its first word to the printed letter', async ({
  signIn,
  own: { portal, folder },
  expectConsole,
}) => {
  test.setTimeout(300_000)
  const { title } = PROJECT
  expectConsole(/status of (404|422|409)/)
  const kenya = await signIn('head', 'Kenya', { at: `/projects/${PROJECT.id}` })
  const { page } = kenya
  const url = await startProposal(kenya)
  const [japan, congo] = await Promise.all([
    signIn('delegate', 'Japan', { width: 360, dark: true, at: url }),
    signIn('adviser', CONGO, { at: url }),
  ])
  const phone = japan.page
  await writeTogether(page, phone)
  await advise(page, congo)
  await submit(page, url, phone)
  await congo.page.close()

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
  })

  await test.step('of two coordinators who ask at the same moment one does; the other is told, and keeps what was typed', async () => {
    const { page: other } = await signIn('coordinator', 'Secretariat', {
      ...{ nth: 1, width: 360, dark: true, at: `${url}/case` },
    })
    await other.getByLabel('What has to change').fill('Say where the water comes from.')
    await desk.getByRole('button', { name: 'Request changes' }).click()
    await expect(desk.getByText('It is with the authors, for the changes requested.')).toBeVisible()
    await expectAccessible(desk)
    await enterAt(other.getByRole('button', { name: 'Request changes' }))
    const told = other.getByRole('alert')
    await expect(told).toBeFocused()
    await expect(told).toContainText(
      `${coordinator.account.name} (Secretariat) requested changes meanwhile: it is “Changes requested” now.`,
    )
    await expect(told.getByRole('time')).toBeVisible()
    await expect(told.getByLabel('What you wrote')).toHaveValue('Say where the water comes from.')
    await expect(told.getByRole('button', { name: 'Copy' })).toBeVisible()
    await expect(other.getByText('It is with the authors, for the changes requested.')).toBeVisible()
    await expect(other.getByText('Who buys the oxides, and for how long?')).toBeVisible()
    await fitsPhone(other)
    await expectAccessible(other)
    await other.close()
  })

  await test.step('the authors are told while their page is open, and the notice leads to why', async () => {
    const inbox = page.getByRole('link', { name: /^Inbox, [1-9]\d* unread$/ })
    await expect(inbox).toBeVisible()
    await inbox.focus()
    await page.keyboard.press('Enter')
    await page.waitForURL('**/inbox')
    await expectAccessible(page)
    await page.getByRole('link', { name: `${title}: Secretariat requested changes` }).click()
    await page.waitForURL(`**${url}/case`)
    await expect(page.getByText('Who buys the oxides, and for how long?')).toBeVisible()
    await page.goto('/inbox')
    await page.getByRole('button', { name: 'Mark all as read' }).click()
    await expect(page.getByText('Everything is read.')).toBeVisible()
    await page.goto('/inbox/settings')
    await expectAccessible(page)
  })

  await test.step('by keyboard alone the authors write again and submit the next version', async () => {
    await page.goto('/desk')
    await expect(page.getByText('Changes were requested')).toBeVisible()
    await enterAt(page.getByRole('main').getByRole('link', { name: title }).first())
    await page.waitForURL(`**${url}`)
    await saved(page)
    await tabTo(textOf(page, 'Market and offtake'))
    await page.keyboard.press('Control+Home')
    await page.keyboard.type('Toyota Tsusho buys it for ten years. ')
    await saved(page)
    await enterAt(page.getByRole('link', { name: 'Where it stands' }), 'Shift+Tab')
    await page.waitForURL('**/case')
    await enterAt(page.getByRole('button', { name: 'Submit to the secretariat' }))
    await enterAt(page.getByRole('dialog').getByRole('button', { name: 'Submit' }))
    await expect(page.getByText('submitted it as version 2')).toBeVisible()
  })

  const [korea, america, canada] = await Promise.all([
    signIn('delegate', 'Republic of Korea', { at: '/reviews' }),
    signIn('delegate', 'United States', { at: '/reviews' }),
    signIn('delegate', 'Canada', { at: '/reviews' }),
  ])
  const reviewers = { korea, america, canada }
  await askReviewers(desk, title, reviewers, account('delegate', CONGO, path.join(folder, 'accounts.json')))
  await acceptAndRead(desk, title, reviewers)
  await askAndScore(page, url, reviewers)

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
    const breaker = await signIn('head', CONGO, { width: 390, at: '/decisions' })
    await enterAt(breaker.page.getByRole('link', { name: title }))
    await breaker.page.waitForURL('**/silence/*')
    await expectAccessible(breaker.page)
    await enterAt(breaker.page.getByRole('link', { name: 'Read version 2' }))
    await expect(breaker.page.getByText('Toyota Tsusho buys it for ten years.')).toBeVisible()
    await breaker.page.goBack()
    await tabTo(breaker.page.getByLabel('Why'))
    await breaker.page.keyboard.type('The price was not discussed.')
    await enterAt(breaker.page.getByRole('button', { name: 'Break silence' }))
    await expect(breaker.page.getByRole('heading', { name: 'Silence was broken' })).toBeVisible()
    await desk.reload()
    await expect(desk.getByText('Silence was broken')).toBeVisible()
  })

  await test.step('it is opened again, days pass, and it holds: the portal decides by itself', async () => {
    await openSilence()
    await portal.pass(96 * HOUR + 60_000)
    // The portal looks for what is due by itself; until it does, who may not read the case finds nothing there,
    const exim = await signIn('officer', 'Export-Import Bank of the United States', { at: `${url}/case` })
    for (const outsider of [canada, exim]) {
      const answer = await outsider.page.goto(`${url}/case`)
      expect(answer?.status()).toBe(404)
    }
    // and who writes it follows it on a phone.
    for (const where of ['/inbox', '/deadlines', `/records/proposal/${url.split('/').at(-1)}`]) {
      await phone.goto(where)
      await expectAccessible(phone)
      await fitsPhone(phone)
    }
    await expect
      .poll(async () => (await phone.request.get(`${url}/case`)).text(), { timeout: 45_000 })
      .toContain('The letter to the delegation (PDF)')
    await phone.goto(`${url}/case`)
    await expect(phone.getByText('submitted it as version 2')).toBeVisible()
    await expect(phone.getByText('Adopted: silence held')).toBeVisible()
    await expectAccessible(phone)
    await fitsPhone(phone)
  })

  await test.step('the letter is printed', async () => {
    await page.goto(`${url}/case`)
    await expect(page.getByText('Endorsed').first()).toBeVisible()
    const number = page.getByRole('link', { name: /^FORGE-PG-\d{4}-\d{3}$/ }).first()
    const decision = (await number.textContent()) ?? ''
    const link = page.getByRole('link', { name: 'The letter to the delegation (PDF)' })
    const letter = await page.request.get((await link.getAttribute('href')) ?? '')
    expect(letter.headers()['content-type']).toBe('application/pdf')
    const said = await textOfPdf(await letter.body())
    for (const words of [
      decision,
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
})
