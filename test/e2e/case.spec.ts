import { PROPOSAL_SECTIONS } from '../../app/domain/proposal-template'
import { expect, expectAccessible, type Someone, test } from './fixtures'

const saved = (page: Someone['page']) =>
  expect(page.getByRole('status').filter({ hasText: /^Saved$/ })).toBeVisible()
const textOf = (page: Someone['page'], name: string) => page.getByRole('textbox', { name, exact: true })

test('a proposal is completed, submitted, sent back with a reason, mended and submitted again', async ({
  signIn,
  expectConsole,
}) => {
  test.setTimeout(180_000)
  expectConsole(/status of (404|422|409)/)
  const kenya = await signIn('head', 'Kenya')
  const { page } = kenya
  await page.goto('/projects/new')
  await page.getByLabel('Title').fill('Kwale cobalt refinery')
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
    for (const { title } of PROPOSAL_SECTIONS) {
      await textOf(page, title).click()
      await page.keyboard.type(`${title} of the refinery.`)
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
    await desk.getByRole('link', { name: 'Kwale cobalt refinery' }).click()
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

  await test.step('the authors read why, write again and submit the next version', async () => {
    await page.goto('/desk')
    await expect(page.getByText('Changes were requested')).toBeVisible()
    await page.goto(`${url}/case`)
    await expect(page.getByText('Who buys the cobalt, and for how long?')).toBeVisible()
    await page.getByRole('link', { name: 'Kwale cobalt refinery' }).click()
    await textOf(page, 'Market and offtake').click()
    await page.keyboard.type('Toyota Tsusho buys it for ten years. ')
    await saved(page)
    await page.getByRole('link', { name: 'Where it stands' }).click()
    await page.waitForURL('**/case')
    await page.getByRole('button', { name: 'Submit to the secretariat' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Submit' }).click()
    await expect(page.getByText('submitted it as version 2')).toBeVisible()
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
    await expectAccessible(phone.page)
    expect(
      await phone.page.evaluate(() => window.document.documentElement.scrollWidth - window.innerWidth),
    ).toBeLessThanOrEqual(0)
  })
})
