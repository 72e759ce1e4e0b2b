/** Somebody who may not see a thing cannot tell it from one that does not exist. */
import { io } from 'socket.io-client'
import parser from 'socket.io-msgpack-parser'
import { type JoinReply, SOCKET_PATH } from '../../app/domain/channel-protocol'
import { expect, type Someone, test } from './fixtures'

const NOWHERE = '01900000-0000-7000-8000-000000000000'

async function secretProposal({ page }: Someone) {
  await page.goto('/projects/new')
  await page.getByLabel('Title').fill('Nobody else’s business')
  await page.getByRole('checkbox', { name: /^Tungsten/ }).check()
  await page.getByRole('checkbox', { name: 'Extraction' }).check()
  await page.getByRole('button', { name: 'Enter the project' }).click()
  await page.getByRole('button', { name: 'Start a proposal' }).click()
  await page.waitForURL('**/proposals/*')
  const proposal = page.url().split('/').at(-1) ?? ''
  const share = await page.getByRole('link', { name: 'Share and settings' }).getAttribute('href')
  const project = await page
    .getByRole('link', { name: 'Nobody else’s business' })
    .first()
    .getAttribute('href')
  return { proposal, document: share?.split('/')[2] ?? '', project: project?.split('/').at(-1) ?? '' }
}

/** A page without what is its own: nonces, request ids, the address asked for. */
const anonymous = (html: string, id: string) =>
  html
    .replaceAll(id, 'ID')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'ID')
    .replace(/[A-Za-z0-9+/]{22}==/g, 'NONCE')

async function join(who: Someone, channel: string): Promise<JoinReply> {
  const cookies = await who.context.cookies()
  const origin = new URL(who.page.url()).origin
  const socket = io(origin, {
    path: SOCKET_PATH,
    parser,
    transports: ['websocket'],
    extraHeaders: { origin, cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') },
  })
  try {
    return await socket.timeout(10_000).emitWithAck('join', { channel, since: 0, writer: 'wrong-person-1' })
  } finally {
    socket.close()
  }
}

test('a third delegation gets the same 404 as for an id that does not exist', async ({ signIn }) => {
  const kenya = await signIn('head', 'Kenya')
  const congo = await signIn('head', 'Democratic Republic of the Congo')
  const secret = await secretProposal(kenya)
  const get = (path: string) => congo.page.request.get(path)

  for (const [path, id] of [
    ['/proposals/', secret.proposal],
    ['/projects/', secret.project],
    ['/documents/', secret.document],
  ] as const) {
    for (const tail of [
      '',
      '.data',
      ...(path === '/documents/'
        ? [
            ...['/share', '/share.data', '/export?format=docx', '/export?format=pdf'],
            ...['/history', '/history.data', '/history?at=1&from=0', '/history?show=authors'],
          ]
        : []),
    ]) {
      const [there, nowhere] = [await get(path + id + tail), await get(path + NOWHERE + tail)]
      expect(there.status(), path + tail).toBe(404)
      expect(nowhere.status()).toBe(404)
      expect(anonymous(await there.text(), id)).toBe(anonymous(await nowhere.text(), NOWHERE))
    }
  }
  expect(await join(congo, secret.document)).toEqual(await join(congo, NOWHERE))
  expect((await join(kenya, secret.document)).ok).toBe(true)

  await test.step('nor is it in lists, searches and counts', async () => {
    for (const path of ['/projects?q=Nobody', '/documents', '/desk']) {
      const text = await (await get(path)).text()
      expect(text).not.toContain('else’s business')
      expect(text).not.toContain(secret.proposal)
    }
    expect(await (await get('/projects?q=Nobody')).text()).toContain('0 projects')
  })

  await test.step('nor can it be written to', async () => {
    const origin = new URL(congo.page.url()).origin
    for (const [path, form] of [
      [`/documents/${secret.document}/share`, { act: 'grant', delegationId: 'x', level: 'read' }],
      ...(['name', 'rename', 'remove', 'restore'] as const).map(
        (act) => [`/documents/${secret.document}/history`, { act, seq: '1', name: 'Taken over' }] as const,
      ),
      [`/projects/${secret.project}`, {}],
    ] as const) {
      const answer = await congo.page.request.post(path, { form, headers: { origin } })
      expect(answer.status(), path).toBe(404)
    }
  })
})

test('nobody reads anything without signing in', async ({ playwright, baseURL }) => {
  const nobody = await playwright.request.newContext({ baseURL })
  for (const path of [
    '/desk',
    '/partners',
    '/projects',
    '/documents',
    '/delegation',
    '/account',
    '/projects.data',
  ]) {
    const answer = await nobody.get(path, { maxRedirects: 0 })
    expect(answer.status() === 302 || (await answer.text()).includes('/sign-in'), path).toBe(true)
  }
  const forged = await nobody.post('/sign-in', {
    form: { email: 'a@b.example', password: 'x' },
    headers: { origin: 'https://elsewhere.example' },
  })
  expect(forged.status()).toBe(403)
  await nobody.dispose()
})
