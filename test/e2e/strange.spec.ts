import * as Y from 'yjs'
import { LiveReplica, openSocket } from '../harness/live-server'
import { expect, test } from './fixtures'

test('[R31] what no editor knows is shown as text and kept, and the other sections go on', async ({
  signIn,
  baseURL,
}) => {
  const { page, context } = await signIn('head', 'Kenya')
  await page.goto('/projects')
  await page.getByRole('link', { name: 'Alcoa-Sojitz Gallium Recovery Project' }).click()
  await page.getByRole('button', { name: 'Start a proposal' }).click()
  await page.waitForURL('**/proposals/*')
  const text = (name: string) => page.getByRole('textbox', { name })
  const saved = () => expect(page.getByRole('status').filter({ hasText: /^Saved$/ })).toBeVisible()
  await saved()
  await text('Summary').click()
  await page.keyboard.type('The mine, in a few words.')
  await saved()

  // Another client of the same person, with a nesting that no editor can hold.
  const share = await page.getByRole('link', { name: 'Share and settings' }).getAttribute('href')
  const channel = share?.split('/').at(-2) ?? ''
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const other = new LiveReplica(channel, 'writer-of-a-later-version')
  const socket = await openSocket(baseURL ?? '', { cookie })
  await other.attach(socket)
  const summary = other.doc.getXmlFragment('summary')
  const list = new Y.XmlElement('bulletList')
  const within = new Y.XmlElement('paragraph')
  within.insert(0, [new Y.XmlText('A list of a later version.')])
  list.insert(0, [within])
  summary.insert(summary.length, [list])
  const before = summary.toJSON()

  const note = page.getByText('This section holds something that this version of the portal does not know')
  await expect(note).toBeVisible()
  await expect(page.getByText('A list of a later version.')).toBeVisible()
  await expect(text('Summary')).toHaveCount(0)
  await text('Risks').click()
  await page.keyboard.type('None that we know.')
  await saved()
  await page.reload()
  await expect(note).toBeVisible()
  await expect(text('Risks')).toContainText('None that we know.')
  await other.until(() => other.doc.getXmlFragment('risks').toJSON().includes('None that we know.'))
  expect(summary.toJSON()).toBe(before)

  // Whoever knows it takes it away again: the section can be written.
  summary.delete(summary.length - 1, 1)
  await expect(note).toHaveCount(0)
  await expect(text('Summary')).toContainText('The mine, in a few words.')
  await text('Summary').click()
  await page.keyboard.press('End')
  await page.keyboard.type(' And on.')
  await saved()
  socket.disconnect()
})
