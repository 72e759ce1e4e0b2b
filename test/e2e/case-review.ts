/** The middle of a case: three reviewers are asked, one steps back, two read the frozen version, ask and score. */
import { type Account, expect, expectAccessible, type Someone, test } from './fixtures'

type Page = Someone['page']
type Reviewers = Record<'korea' | 'america' | 'canada', Someone>

/** `party`: somebody on the list of reviewers whose delegation takes part. */
export const askReviewers = (
  desk: Page,
  title: string,
  { korea, america, canada }: Reviewers,
  party: Account,
) =>
  test.step('the coordinator asks three reviewers, none of a delegation that takes part', async () => {
    await desk.goto('/reviews/queue')
    await desk.getByRole('button', { name: 'Remind reviewers' }).click()
    await expect(desk.getByText('Tick at least one proposal.')).toBeVisible()
    await desk.getByRole('checkbox', { name: `Tick ${title}` }).check()
    await desk.getByRole('button', { name: 'Remind reviewers' }).click()
    await expect(desk.getByText('no review is open')).toBeVisible()
    await expectAccessible(desk)
    await desk.getByRole('link', { name: title }).click()
    await desk.getByRole('button', { name: 'Take up the screening' }).click()
    await expect(desk.getByRole('checkbox', { name: party.name })).toBeDisabled()
    for (const { account } of [korea, america, canada])
      await desk.getByRole('checkbox', { name: account.name }).check()
    await desk.getByRole('button', { name: 'Ask them' }).click()
    await expect(desk.getByRole('row').filter({ hasText: 'Asked' })).toHaveCount(3)
    await expectAccessible(desk)
    await desk.getByRole('button', { name: 'Begin the review' }).click()
    await expect(desk.getByText(/with 2 reviewers who accepted; 0 did/)).toBeVisible()
  })

export const acceptAndRead = (desk: Page, title: string, { korea, america, canada }: Reviewers) =>
  test.step('one steps back, two accept and read the frozen version with what changed', async () => {
    await Promise.all(
      [korea, america, canada].map(async ({ page: reviewer }) => {
        await reviewer.reload()
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
    await desk.reload()
    await desk.getByRole('button', { name: 'Begin the review' }).click()
    await expect(desk.getByText('It is with the reviewers.')).toBeVisible()
    await korea.page.goto('/reviews')
    await korea.page.getByRole('link', { name: title }).click()
    await expect(korea.page.getByText('For which grade is that?')).toBeVisible()
  })

/** `page`, `url`: the authors', and the proposal's path. */
export const askAndScore = (page: Page, url: string, { korea, america }: Reviewers) =>
  test.step('a question is asked and answered; marks are hidden until one’s own are in', async () => {
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
