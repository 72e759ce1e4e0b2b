import { randomUUID } from 'node:crypto'
import type { ActName } from '../../app/domain/session/acts'
import { everyAct } from '../harness/every-act'
import { expect, expectAccessible, type Someone, test } from './fixtures'
import { enterAt } from './keyboard'

/** A wall-clock time as a form takes it, so many hours from now. */
const wall = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString().slice(0, 16)

test('a working group meets: agenda, speakers, amendments, consensus, roll-call, a secret ballot, notes, minutes', async ({
  signIn,
  expectConsole,
}, testInfo) => {
  test.setTimeout(300_000)
  // A line that is cut, and acts that are refused.
  expectConsole(/ERR_INTERNET_DISCONNECTED|WebSocket|status of (404|409|403)/)
  const title = `Ninth session ${testInfo.retry + 1}`
  const secretary = await signIn('secretary', 'Secretariat')
  const chair = await signIn('head', 'Republic of Korea')
  const kenya = await signIn('head', 'Kenya')
  const japan = await signIn('head', 'Japan')
  const canada = await signIn('delegate', 'Canada', { width: 360 })
  const outsider = await signIn('administrator', 'Secretariat')
  let room = ''
  const button = ({ page }: Someone, name: string | RegExp) => page.getByRole('button', { name, exact: true })
  const press = async (who: Someone, name: string) => button(who, name).first().click()
  const dialog = ({ page }: Someone) => page.getByRole('dialog')
  const motion = ({ page }: Someone) => page.getByRole('article', { name: 'The refinery at Kwale' })

  async function prepare(title: string, items: readonly string[]) {
    const { page } = secretary
    await page.goto('/groups')
    await page.getByRole('link', { name: 'Project Group' }).click()
    await page.getByRole('link', { name: 'Prepare a session' }).click()
    await page.getByLabel('Title').fill(title)
    await page.getByLabel('Starts').fill(wall(100))
    await page.getByLabel('Ends').fill(wall(104))
    await page.getByRole('button', { name: 'Prepare it' }).click()
    await page.getByRole('link', { name: 'Prepare it in the room' }).click()
    await page.waitForURL('**/room')
    for (const item of items) {
      await press(secretary, 'Add an item')
      await dialog(secretary).getByLabel('Title').fill(item)
      await dialog(secretary).getByRole('button', { name: 'Add' }).click()
      await expect(dialog(secretary)).toHaveCount(0)
    }
  }

  async function announce() {
    await press(secretary, 'Announce')
    await expect(secretary.page.getByText('Announced')).toBeVisible()
  }

  await test.step('the secretary prepares and announces it', async () => {
    await prepare(title, ['The cobalt refinery', 'Any other business'])
    room = new URL(secretary.page.url()).pathname
    // Nobody but those who prepare it knows of it before.
    await kenya.page.goto(room)
    await expect(kenya.page.getByRole('heading', { level: 1 })).toContainText('Not found')
    await announce()
  })

  await test.step('everybody comes; the chair opens the session and the first item', async () => {
    // Kenya brings two texts that all of the forum may read.
    for (const [name, words] of [
      ['Framework for Kwale', 'The refinery opens in 2028.'],
      ['Power for Kwale', 'The line has 220 kV.'],
    ] as const) {
      const file = {
        name: 'text.md',
        mimeType: 'text/markdown',
        buffer: Buffer.from(`# ${name}\n\n${words}\n`),
      }
      const multipart = { title: `${name} ${testInfo.retry + 1}`, marking: 'forge', file }
      await kenya.context.request.post('/documents/import', { multipart })
    }
    for (const one of [chair, kenya, japan, canada]) {
      await one.page.goto(room)
      await expect(one.page.getByText('Live', { exact: true })).toBeVisible()
    }
    await expect(chair.page.getByText('3 of 5 that decide')).toBeVisible()
    await press(chair, 'Open the session')
    await press(chair, 'Open')
    await expect(
      canada.page.getByRole('listitem').filter({ hasText: 'The cobalt refinery' }),
    ).toHaveAttribute('aria-current', 'step')
    await expect(button(canada, 'Raise hand')).toHaveCount(0)
  })

  const notes = ({ page }: Someone) => page.getByRole('textbox', { name: 'Shared notes' })

  await test.step('two delegations write notes at once; the observer reads them behind a button of the phone', async () => {
    for (const [one, words] of [
      [kenya, 'Kenya asks for power by 2028.'],
      [japan, 'Japan offers a study.'],
    ] as const) {
      await press(one, 'Notes')
      await notes(one).click()
      await one.page.keyboard.press('Control+End')
      await one.page.keyboard.type(words)
    }
    for (const one of [kenya, japan]) {
      await expect(notes(one)).toContainText('Kenya asks for power by 2028.')
      await expect(notes(one)).toContainText('Japan offers a study.')
      await expect(one.page.getByText('Saved', { exact: true })).toBeVisible()
    }
    const dock = canada.page.getByRole('navigation', { name: 'Within reach' })
    await expect(dock.getByRole('button')).toHaveCount(2)
    await dock.getByRole('button', { name: /^Document/ }).click()
    await dialog(canada).getByRole('button', { name: 'Notes' }).click()
    await expect(notes(canada)).toContainText('Kenya asks for power by 2028.')
    await expect(notes(canada)).toHaveAttribute('aria-readonly', 'true')
    await expectAccessible(canada.page)
    // Turned, the phone has no such buttons: what one of them opened stays.
    await canada.page.setViewportSize({ width: 780, height: 360 })
    await expect(dock.getByRole('button', { name: /^Document/ })).toBeHidden()
    await expect(notes(canada)).toBeVisible()
    await canada.page.setViewportSize({ width: 360, height: 780 })
    await dialog(canada).getByRole('button', { name: 'Back to the room' }).click()
    for (const one of [kenya, japan]) await press(one, 'Motions')
  })

  await test.step('the chair shows a document: all follow it live, look elsewhere and return', async () => {
    const titles = ['Framework for Kwale', 'Power for Kwale'].map((title) => `${title} ${testInfo.retry + 1}`)
    const [framework = '', power = ''] = titles
    const text = ({ page }: Someone, name: string) => page.getByRole('textbox', { name, exact: true })
    for (const label of titles) {
      await press(chair, 'Attach a document')
      await dialog(chair).getByLabel('Document').selectOption({ label })
      await dialog(chair).getByRole('button', { name: 'Attach' }).click()
      await expect(dialog(chair)).toHaveCount(0)
    }
    await press(japan, 'Propose a motion')
    await dialog(japan).getByLabel('Title').fill('A study')
    await press(chair, 'Show it to all')
    await expect(japan.page.getByText(`The chair shows ${framework}`)).toBeAttached()
    // A form that is being filled in is not torn away, nor by a change of the window.
    await japan.page.setViewportSize({ width: 1600, height: 900 })
    await japan.page.setViewportSize({ width: 1280, height: 900 })
    await expect(dialog(japan).getByLabel('Title')).toHaveValue('A study')
    await dialog(japan).getByRole('button', { name: 'Close' }).click()
    await press(japan, 'Go to it')
    for (const one of [kenya, japan]) {
      await expect(one.page.getByText('You follow the chair')).toBeVisible()
      await expect(text(one, framework)).toContainText('The refinery opens in 2028.')
    }
    // A text of one body has no sections: the chair points at the passage of the caret.
    const pointed = (one: Someone) => text(one, framework).locator('.pointed-block')
    await text(chair, framework).getByText('The refinery opens in 2028.').click()
    await press(chair, 'Show this passage to all')
    for (const one of [kenya, japan]) await expect(pointed(one)).toHaveText('The refinery opens in 2028.')
    await expect(button(japan, 'Back to the place shown')).toBeVisible()
    // Whoever may write it writes it here; the others see it, and the caret.
    await text(kenya, framework).click()
    await kenya.page.keyboard.press('Control+End')
    await kenya.page.keyboard.type(' Or in 2029.')
    await expect(text(japan, framework)).toContainText('Or in 2029.')
    await expect(text(japan, framework)).toHaveAttribute('aria-readonly', 'true')
    await japan.page.getByRole('combobox', { name: 'Document' }).selectOption({ label: power })
    await expect(text(japan, power)).toContainText('220 kV')
    await press(japan, 'Return to the chair’s view')
    await expect(pointed(japan)).toContainText('The refinery opens in 2028. Or in 2029.')
    await press(chair, 'Show it no longer')
    await expect(pointed(japan)).toHaveCount(0)
    for (const one of [chair, kenya, japan]) await press(one, 'Motions')
  })

  await test.step('an observer and an outsider try every act: refused, and nothing is changed', async () => {
    const tries = everyAct('none', 'none', 'none', 'none')
    const listens: readonly ActName[] = ['enter', 'leave', 'message']
    const before = await chair.page.getByRole('main').innerText()
    for (const [who, status, may] of [
      [canada, 403, listens],
      [outsider, 404, []],
    ] satisfies [Someone, number, readonly ActName[]][]) {
      const names = (Object.keys(tries) as ActName[]).filter((name) => !may.includes(name))
      const answers = await Promise.all(
        names.map(async (name) => {
          const data = { key: randomUUID(), act: tries[name] }
          const answer = await who.context.request.post(room.replace('/room', '/act'), { data })
          return [name, answer.status()] as const
        }),
      )
      expect(answers).toEqual(names.map((name) => [name, status]))
    }
    await outsider.page.goto(room)
    await expect(outsider.page.getByRole('heading', { level: 1 })).toContainText('Not found')
    expect(await chair.page.getByRole('main').innerText()).toBe(before)
  })

  await test.step('speakers: hands by keyboard, a point of order goes first and gives the floor back', async () => {
    await kenya.page.locator('body').press('h')
    const hands = chair.page.getByRole('list', { name: 'Hands raised' })
    await expect(hands.getByRole('listitem')).toHaveCount(1)
    await press(chair, 'Give the floor')
    await expect(canada.page.getByText('Has the floor')).toBeVisible()
    await press(chair, 'Close the list')
    await press(japan, 'Point of order')
    await dialog(japan).getByLabel('What it is').fill('The text is not before us.')
    await dialog(japan).getByRole('button', { name: 'Point of order' }).click()
    await expect(hands).toContainText('To the chair: The text is not before us.')
    await expect(kenya.page.getByRole('list', { name: 'Hands raised' })).toContainText('Point of order')
    await expect(kenya.page.getByText('The text is not before us.')).toHaveCount(0)
    await press(chair, 'Give the floor')
    await expect(canada.page.getByText('Kenya goes on after it.')).toBeVisible()
    // The screen for the hall, in large type, from the secretary's laptop.
    await secretary.page.goto(room.replace('/room', '/hall'))
    for (const words of ['The cobalt refinery', 'Japan'])
      await expect(secretary.page.getByRole('main')).toContainText(words)
    await expectAccessible(secretary.page)
    await press(chair, 'End')
    await expect(canada.page.getByText('Kenya goes on after it.')).toHaveCount(0)
    // A button takes no second press before its act is answered.
    await expect(button(chair, 'End')).not.toHaveAttribute('aria-busy', 'true')
    await press(chair, 'End')
    await expect(chair.page.getByText('Nobody has the floor.')).toBeVisible()
    await expectAccessible(chair.page)
    await expectAccessible(canada.page)
  })

  async function amend(passage: string, text: string) {
    await press(japan, 'Propose an amendment')
    await dialog(japan).getByLabel('Passage').fill(passage)
    await dialog(japan).getByLabel('Replace it by').fill(text)
    await dialog(japan).getByRole('button', { name: 'Propose' }).click()
    await press(kenya, 'Second')
  }

  await test.step('a motion; one amendment is adopted, one fails in a roll-call', async () => {
    await press(kenya, 'Propose a motion')
    await dialog(kenya).getByLabel('Title').fill('The refinery at Kwale')
    await dialog(kenya)
      .getByLabel('Text')
      .fill('The group endorses the refinery at Kwale and thanks its sponsors.')
    await dialog(kenya).getByRole('button', { name: 'Propose' }).click()
    await press(japan, 'Second')
    await amend('thanks its sponsors', 'asks its sponsors to report within a year')
    const amendments = motion(chair)
      .getByRole('region', { name: /^Amendments/ })
      .getByRole('listitem')
    await amendments
      .filter({ hasText: 'report within' })
      .getByRole('button', { name: 'Ask for consensus' })
      .click()
    await press(chair, 'Conclude: adopted by consensus')
    await expect(motion(canada)).toContainText('asks its sponsors to report within a year.')
    await amend('endorses', 'declines')
    await amendments.filter({ hasText: 'declines' }).getByRole('button', { name: 'Open a vote' }).click()
    await dialog(chair).getByRole('button', { name: 'Open the vote' }).click()
    // By keyboard: the button goes with the vote, and the focus stays where the vote is, on no other button.
    await enterAt(button(japan, 'Yes').first())
    await expect(japan.page.getByText('Japan has voted.')).toBeVisible()
    await expect(japan.page.getByRole('region', { name: 'Roll-call' })).toBeFocused()

    // Kenya's line drops in the middle of the vote, and comes back to the same moment.
    await kenya.context.setOffline(true)
    await expect(kenya.page.getByText('The line dropped.')).toBeVisible()
    await press(chair, 'No')
    await kenya.context.setOffline(false)
    await expect(kenya.page.getByText('2 of 5 delegations have voted.')).toBeVisible({ timeout: 30_000 })
    await press(kenya, 'No')
    await expect(chair.page.getByText('3 of 5 delegations have voted.')).toBeVisible()
    await press(chair, 'Close the vote')
    await expect(motion(canada)).toContainText('1 yes, 2 no, 0 abstain.')
    await expect(amendments.filter({ hasText: 'declines' })).toContainText('Not adopted')
  })

  await test.step('a secret ballot: papers, then the box; each finds the receipt in the result', async () => {
    await motion(chair).getByRole('button', { name: 'Open a vote' }).click()
    await dialog(chair).getByLabel('How').selectOption({ label: 'Secret ballot' })
    await dialog(chair).getByRole('button', { name: 'Open the vote' }).click()
    for (const [one, name] of [
      [chair, 'Republic of Korea'],
      [kenya, 'Kenya'],
      [japan, 'Japan'],
    ] as const) {
      await press(one, `Take the ballot paper of ${name}`)
      await expect(one.page.getByText(`${name} has its ballot paper, in this browser.`)).toBeVisible()
    }
    await press(chair, 'Open the box')
    const receipts: string[] = []
    for (const [one, choice] of [
      [chair, 'Yes'],
      [kenya, 'Yes'],
      [japan, 'No'],
    ] as const) {
      await press(one, choice)
      const told = one.page.getByRole('status').filter({ hasText: 'is in the box' })
      receipts.push(await told.getByRole('code').innerText())
    }
    await expect(chair.page.getByText('In the box: 3 of 3 papers.')).toBeVisible()
    await expect(motion(canada).getByRole('region', { name: 'Result: The refinery at Kwale' })).toHaveCount(0)
    await press(chair, 'Close the vote')
    const result = motion(canada).getByRole('region', { name: 'Result: The refinery at Kwale' })
    await expect(result).toContainText('2 yes, 1 no, 0 abstain.')
    await result.getByText('Ballots by receipt').click()
    for (const receipt of receipts) await expect(result).toContainText(receipt)
    const own = motion(japan).getByRole('region', { name: 'Result: The refinery at Kwale' })
    await own.getByText('Ballots by receipt').click()
    await expect(own).toContainText('counted as it was cast, “No”')
    await expect(motion(chair)).toContainText(/decision FORGE-PG-\d{4}-\d{3}/)
  })

  await test.step('it is closed, and its minutes are drafted and printed', async () => {
    await press(chair, 'Close item')
    await press(chair, 'Close the session')
    await press(chair, 'Draft the minutes')
    await expect(chair.page.getByText('Minutes in draft')).toBeVisible()
    const minutes = ({ page }: Someone) => page.getByRole('textbox', { name: 'Text', exact: true })
    for (const one of [secretary, chair]) await one.page.goto(room.replace('/room', '/minutes'))
    for (const words of ['The cobalt refinery', '2 yes, 1 no, 0 abstain.', 'point of order'])
      await expect(minutes(secretary)).toContainText(words)
    for (const [one, words] of [
      [secretary, 'Japan offered a study.'],
      [chair, 'The chair thanked all.'],
    ] as const) {
      await minutes(one).click()
      await one.page.keyboard.press('Control+End')
      await one.page.keyboard.type(` ${words}`)
    }
    for (const words of ['Japan offered a study.', 'The chair thanked all.'])
      for (const one of [secretary, chair]) await expect(minutes(one)).toContainText(words)
    await expect(chair.page.getByText('Saved', { exact: true })).toBeVisible()
    // Notes stay readable after the session.
    await kenya.page.goto(room.replace('/room', ''))
    await kenya.page.getByRole('link', { name: 'Notes', exact: true }).click()
    await expect(kenya.page.getByRole('textbox', { name: 'Text', exact: true })).toContainText(
      'Japan offers a study.',
    )
  })

  await test.step('the next session approves the minutes: frozen under their SHA-256, printed, corrected by a new version', async () => {
    const minutes = room.replace('/room', '/minutes')
    await prepare(`Tenth session ${testInfo.retry + 1}`, [])
    // What waits for the group is put on the agenda by one press.
    await secretary.page
      .getByRole('listitem')
      .filter({ hasText: `Approval of the minutes of “${title}”` })
      .getByRole('button')
      .click()
    await announce()
    const next = new URL(secretary.page.url()).pathname
    for (const one of [chair, kenya, japan]) {
      await one.page.goto(next)
      await expect(one.page.getByText('Live', { exact: true })).toBeVisible()
    }
    await press(chair, 'Open the session')
    await press(chair, 'Open')
    await press(kenya, 'Propose a motion')
    await dialog(kenya).getByLabel('Approves the minutes of').selectOption({ label: title })
    await dialog(kenya).getByLabel('Title').fill('The minutes')
    await dialog(kenya).getByLabel('Text').fill('The group approves the minutes.')
    await dialog(kenya).getByRole('button', { name: 'Propose' }).click()
    await press(japan, 'Second')
    await press(chair, 'Ask for consensus')
    await press(chair, 'Conclude: adopted by consensus')
    await expect(chair.page.getByRole('article', { name: 'The minutes' })).toContainText(/decision FORGE-PG-/)

    const { page, context } = japan
    await page.goto(minutes)
    const main = page.getByRole('main')
    await expect(main).toContainText('Approved, version 1')
    await expect(main).toContainText(/SHA-256 [0-9a-f]{64}/)
    for (const words of ['Japan offered a study.', 'The chair thanked all.', 'The text is frozen.'])
      await expect(main).toContainText(words)
    await expect(page.getByRole('textbox')).toHaveCount(0)
    const sha256 = await main.getByText(/^[0-9a-f]{64}$/).innerText()
    for (const [name, start] of [
      ['PDF', '%PDF-'],
      ['Word file', 'PK'],
    ] as const) {
      const href = await page.getByRole('link', { name }).getAttribute('href')
      const file = await (await context.request.get(href ?? '')).body()
      expect(file.subarray(0, start.length).toString()).toBe(start)
    }
    // A member corrects nothing; the secretary opens them with a reason, and what was approved stays.
    await expect(button(japan, 'Correct them')).toHaveCount(0)
    await secretary.page.goto(minutes)
    await press(secretary, 'Correct them')
    await dialog(secretary).getByLabel('What is to be corrected').fill('The name of a delegation')
    // The line is lost: the reason stays in the dialog, and is sent from there.
    await secretary.page.route(/\/minutes\.data/, (route) => route.abort('internetdisconnected'), {
      times: 1,
    })
    await dialog(secretary).getByRole('button', { name: 'Open them for correction' }).click()
    await expect(dialog(secretary).getByText('nothing is known to be done')).toBeVisible()
    await expect(dialog(secretary).getByLabel('What is to be corrected')).toHaveValue(
      'The name of a delegation',
    )
    await dialog(secretary).getByRole('button', { name: 'Open them for correction' }).click()
    await expect(secretary.page.getByRole('dialog')).toHaveCount(0)
    const draft = secretary.page.getByRole('textbox', { name: 'Text', exact: true })
    await draft.click()
    await secretary.page.keyboard.press('Control+End')
    await secretary.page.keyboard.type(' Corrected: Kenya.')
    await expect(secretary.page.getByText('Saved', { exact: true })).toBeVisible()
    await page.goto(`${minutes}?version=1`)
    await expect(main).toContainText(sha256)
    await expect(main).toContainText('A correction is being written')
    await expect(main).not.toContainText('Corrected: Kenya.')
  })
})
