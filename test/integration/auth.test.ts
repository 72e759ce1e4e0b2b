import { stat } from 'node:fs/promises'
import { type ActionFunctionArgs, type AppLoadContext, redirect } from '@remix-run/node'
import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { requireActor } from '../../app/session.server'
import type { Database } from '../../db/connection'
import { auditEntries, member, organization, rateLimit, session } from '../../db/schema'
import { actorOf, resolveActorBySessionId } from '../../server/auth/actor'
import { createAuth } from '../../server/auth/auth'
import { SIGN_IN_LIMITS } from '../../server/auth/gate'
import { signIn } from '../../server/auth/sign-in'
import { testDatabase } from '../harness/database'
import { ORIGIN, PASSWORD, type People, startPeople } from '../harness/people'

let db: Database
let people: People
const HEAD = 'head@kenya.test'

beforeAll(async () => {
  ;({ db } = await testDatabase())
  people = await startPeople(db)
  await people.person('ke', 'head', HEAD, 'Wanjiru Mwangi')
})

beforeEach(async () => {
  await db.delete(rateLimit)
})

const attemptAs = (email: string, password: string, address = '192.0.2.1') =>
  people.post('/sign-in/email', { email, password }, people.browser(address))

const actsOf = async (act: string) => db.select().from(auditEntries).where(eq(auditEntries.act, act))

describe('who is not there', () => {
  test('without a cookie, with a made-up one, and with a signature of another secret, nobody is', async () => {
    for (const cookie of [undefined, 'forge.session_token=made.up', 'forge.session_token=']) {
      expect(await actorOf(people.auth, db, people.browser(undefined, cookie))).toBeNull()
    }
    const cookie = await people.cookieOf(HEAD)
    const other = createAuth({ ...people, db, secret: 'another secret, of more than 32 characters' })
    expect(await actorOf(other, db, people.browser(undefined, cookie))).toBeNull()
    expect((await actorOf(people.auth, db, people.browser(undefined, cookie)))?.email).toBe(HEAD)
  })

  test('a session that expired, was ended, or whose holder left opens nothing, at once', async () => {
    await people.person('ke', 'reader', 'leaves@kenya.test')
    const { sessionId, userId } = await people.signIn('leaves@kenya.test')
    expect((await resolveActorBySessionId(db, sessionId))?.organization.role).toBe('reader')

    await db
      .update(session)
      .set({ expiresAt: new Date(Date.now() - 1) })
      .where(eq(session.id, sessionId))
    expect(await resolveActorBySessionId(db, sessionId)).toBeNull()
    await db
      .update(session)
      .set({ expiresAt: new Date(Date.now() + 60_000) })
      .where(eq(session.id, sessionId))
    expect(await resolveActorBySessionId(db, sessionId)).not.toBeNull()

    await db.delete(member).where(eq(member.userId, userId))
    expect(await resolveActorBySessionId(db, sessionId)).toBeNull()
    expect(await resolveActorBySessionId(db, 'no such session')).toBeNull()
  })

  test('a role that there is not is nobody', async () => {
    await people.person('ke', 'owner', 'owner@kenya.test')
    const response = await attemptAs('owner@kenya.test', PASSWORD)
    const cookie = response.headers.getSetCookie()[0]?.split(';')[0]
    expect(await actorOf(people.auth, db, people.browser(undefined, cookie))).toBeNull()
  })

  test('a page sends them to the sign-in page, and from there back', async () => {
    const context = { portal: { auth: people.auth, db } } as unknown as AppLoadContext
    const asked = (url: string) =>
      requireActor(new Request(`${ORIGIN}${url}`), { ...context }).catch((thrown: Response) =>
        thrown.headers.get('location'),
      )
    expect(await asked('/projects?mineral=cobalt')).toBe('/sign-in?to=%2Fprojects%3Fmineral%3Dcobalt')
    expect(await asked('/desk')).toBe('/sign-in')
  })
})

describe('signing in', () => {
  test('nobody makes an account, an organization or a membership by themselves', async () => {
    const cookie = await people.cookieOf(HEAD)
    for (const [path, body] of [
      ['/sign-up/email', { email: 'new@evil.test', password: PASSWORD, name: 'New' }],
      ['/organization/create', { name: 'Mine', slug: 'mine' }],
      ['/organization/add-member', { userId: 'x', role: 'head' }],
      ['/organization/invite-member', { email: 'x@evil.test', role: 'head' }],
      ['/organization/update-member-role', { memberId: 'x', role: 'head' }],
      ['/update-user', { name: 'Somebody else' }],
      ['/get-session', {}],
    ] as const) {
      const response = await people.post(path, body, people.browser(undefined, cookie))
      expect([path, response.status]).toEqual([path, 404])
    }
    const newcomer = { email: 'new@evil.test', password: PASSWORD, name: 'New' }
    await expect(people.auth.api.signUpEmail({ body: newcomer })).rejects.toThrow()
    const mine = { name: 'Mine', slug: 'mine' }
    const headers = people.browser(undefined, cookie)
    await expect(people.auth.api.createOrganization({ body: mine, headers })).rejects.toThrow()
    expect(await db.select().from(organization).where(eq(organization.slug, 'mine'))).toEqual([])
  })

  test('an address without an account and a wrong password get the same answer', async () => {
    const wrong = await attemptAs(HEAD, 'not the password')
    const unknown = await attemptAs('nobody@kenya.test', PASSWORD)
    expect([wrong.status, await wrong.text()]).toEqual([unknown.status, await unknown.text()])
    expect(wrong.status).toBe(401)
    expect(wrong.headers.getSetCookie().filter((cookie) => cookie.includes('session_token=.'))).toEqual([])
  })

  test('the cookie is for this origin only and hidden from scripts; over https it is Secure', async () => {
    const [plain] = (await attemptAs(HEAD, PASSWORD)).headers.getSetCookie()
    expect(plain).toMatch(/^forge\.session_token=.*HttpOnly.*SameSite=Lax/i)
    expect(plain).not.toMatch(/Secure/)
    const origin = 'https://portal.test'
    const secure = createAuth({ ...people, db, config: { origin } })
    const request = new Request(`${origin}/sign-in`, { headers: people.browser() })
    const result = await signIn(secure, origin, request, { email: HEAD, password: PASSWORD })
    if (!result.ok) throw new Error(`refused: ${result.why}`)
    expect(result.headers.getSetCookie()[0]).toMatch(/^__Secure-forge.*; HttpOnly; Secure; SameSite=Lax/i)
  })

  test('another site cannot sign somebody in or out', async () => {
    const headers = people.browser(undefined, await people.cookieOf(HEAD))
    headers.set('origin', 'https://evil.example')
    expect((await people.post('/sign-out', {}, headers)).status).toBe(403)
    const forged = people.browser()
    forged.set('origin', 'https://evil.example')
    expect((await people.post('/sign-in/email', { email: HEAD, password: PASSWORD }, forged)).status).toBe(
      403,
    )
  })

  test('an account that belongs to no delegation gets no session, and is told so', async () => {
    const userId = await people.person('ke', null, 'removed@kenya.test')
    const request = new Request(`${ORIGIN}/sign-in`, { headers: people.browser() })
    const as = (password: string) =>
      signIn(people.auth, ORIGIN, request, { email: 'removed@kenya.test', password })
    // Only who knows the password learns that there is an account.
    expect(await as('not the password')).toMatchObject({ ok: false, why: 'wrong' })
    expect(await as(PASSWORD)).toMatchObject({ ok: false, why: 'no_membership' })
    expect(await db.select().from(session).where(eq(session.userId, userId))).toEqual([])
  })

  test('signing in and out, and failing to, are audited; what was typed is not kept', async () => {
    const { sessionId, userId } = await people.signIn(HEAD)
    expect(await actsOf('session.start')).toContainEqual(
      expect.objectContaining({ userId, objectId: sessionId, from: '192.0.2.1' }),
    )
    await attemptAs('my password by mistake@x.test', 'x')
    expect(JSON.stringify(await db.select().from(auditEntries))).not.toContain('by mistake')
    const cookie = await people.cookieOf(HEAD)
    expect((await people.post('/sign-out', {}, people.browser(undefined, cookie))).status).toBe(200)
    expect(await actorOf(people.auth, db, people.browser(undefined, cookie))).toBeNull()
    expect((await actsOf('session.end')).at(-1)).toMatchObject({ userId, objectKind: 'session' })
    const { accountFromAddress } = SIGN_IN_LIMITS
    for (let i = 0; i <= accountFromAddress.max; i += 1) await attemptAs(HEAD, 'wrong', '192.0.2.77')
    const refused = (await actsOf('session.refuse')).filter(({ from }) => from === '192.0.2.77')
    expect(refused).toHaveLength(accountFromAddress.max)
    expect(refused[0]).toMatchObject({ objectId: userId, userId: 'portal' })
    expect((await actsOf('session.block')).filter(({ from }) => from === '192.0.2.77')).toHaveLength(1)
  })
})

describe('too many tries', () => {
  const { accountFromAddress, account } = SIGN_IN_LIMITS

  test('even the right password is refused then, from there; after a restart too; from elsewhere it is not', async () => {
    for (let i = 0; i < accountFromAddress.max; i += 1)
      expect((await attemptAs(HEAD, 'wrong')).status).toBe(401)
    const refused = await attemptAs(HEAD, PASSWORD)
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('x-retry-after'))).toBeGreaterThan(accountFromAddress.window - 60)
    // A form of ours asks the same gate; so does the server's own call, which better-auth itself does not limit.
    const request = new Request(`${ORIGIN}/sign-in`, { headers: people.browser() })
    const restarted = createAuth({ ...people, db })
    expect(await signIn(restarted, ORIGIN, request, { email: HEAD, password: PASSWORD })).toMatchObject({
      ok: false,
      why: 'too_many',
    })
    const body = { email: HEAD.toUpperCase(), password: PASSWORD }
    await expect(restarted.api.signInEmail({ body, headers: people.browser() })).rejects.toThrow(/Too many/)
    expect((await attemptAs(HEAD, PASSWORD, '198.51.100.7')).status).toBe(200)
  })

  test('tries at one moment are all counted', async () => {
    const tries = Array.from({ length: 20 }, () => attemptAs(HEAD, 'wrong'))
    const statuses = (await Promise.all(tries)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 401)).toHaveLength(accountFromAddress.max)
    expect(statuses.filter((status) => status === 429)).toHaveLength(20 - accountFromAddress.max)
  })

  test('from many addresses, one account is tried only so often', async () => {
    const statuses: number[] = []
    for (let i = 0; i < 3; i += 1)
      statuses.push((await attemptAs('victim@kenya.test', 'wrong', `203.0.113.${i}`)).status)
    expect(statuses).toEqual([401, 401, 401])
    const counted = await db
      .update(rateLimit)
      .set({ count: account.max })
      .where(eq(rateLimit.count, 3))
      .returning()
    expect(counted).toHaveLength(1)
    expect((await attemptAs('victim@kenya.test', 'wrong', '203.0.113.99')).status).toBe(429)
    expect((await attemptAs(HEAD, PASSWORD, '203.0.113.99')).status).toBe(200)
  })

  test('who signs in rightly is not held up: an office of many people has one address', async () => {
    for (let i = 0; i < accountFromAddress.max + 4; i += 1)
      expect((await attemptAs(HEAD, PASSWORD, '198.51.100.9')).status).toBe(200)
    const counts = await db.select().from(rateLimit)
    expect(counts.filter(({ key }) => key.startsWith('sign-in')).every(({ count }) => count === 0)).toBe(true)
  })

  test('the window ends', async () => {
    for (let i = 0; i <= accountFromAddress.max; i += 1) await attemptAs(HEAD, 'wrong')
    expect((await attemptAs(HEAD, PASSWORD)).status).toBe(429)
    const ago = Date.now() - accountFromAddress.window * 1000
    await db.update(rateLimit).set({ lastRequest: ago })
    expect((await attemptAs(HEAD, PASSWORD)).status).toBe(200)
  })

  test('links to a new password are asked for only so often', async () => {
    const ask = () => people.post('/request-password-reset', { email: 'nobody@kenya.test' })
    const statuses: number[] = []
    for (let i = 0; i < 12; i += 1) statuses.push((await ask()).status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(10)
    expect(statuses.slice(10)).toEqual([429, 429])
  })
})

describe('a forgotten password', () => {
  const EMAIL = 'forgets@japan.test'
  const NEW = 'another long password'
  beforeAll(async () => {
    await people.person('jp', 'delegate', EMAIL, 'Hiroshi Onda')
  })
  const ask = (email: string) => people.post('/request-password-reset', { email })
  const tokenIn = (text: string) =>
    /^http:\/\/portal\.test\/reset-password\?token=(\S+)$/m.exec(text)?.[1] ?? ''

  test('the answer does not tell whether there is an account; only an account gets a mail', async () => {
    const known = await ask(EMAIL)
    const unknown = await ask('nobody@japan.test')
    expect([known.status, await known.text()]).toEqual([unknown.status, await unknown.text()])
    expect(await people.mailsTo('nobody@japan.test')).toEqual([])
    const [sent] = await people.mailsTo(EMAIL)
    expect(sent?.subject).toBe('FORGE partner portal: a new password')
    expect((await stat(sent?.file ?? '')).mode & 0o777).toBe(0o600)
  })

  test('the link sets a new password once, ends every session, and is audited', async () => {
    await ask(EMAIL)
    const token = tokenIn((await people.mailsTo(EMAIL)).at(-1)?.text ?? '')
    const cookie = await people.cookieOf(EMAIL)
    const set = (newPassword: string, of = token) =>
      people.post('/reset-password', { token: of, newPassword })

    expect((await set(NEW, 'made-up')).status).toBe(400)
    expect((await set('short')).status).toBe(400)
    expect((await attemptAs(EMAIL, PASSWORD)).status).toBe(200)

    expect((await set(NEW)).status).toBe(200)
    expect(await actorOf(people.auth, db, people.browser(undefined, cookie))).toBeNull()
    expect((await attemptAs(EMAIL, PASSWORD)).status).toBe(401)
    expect((await attemptAs(EMAIL, NEW)).status).toBe(200)
    expect((await set('yet another password')).status).toBe(400)
    expect(await actsOf('account.password_reset')).toHaveLength(1)
    expect((await people.mailsTo(EMAIL)).at(-1)?.subject).toMatch(/was changed/)
  })
})

describe('the sign-in page', () => {
  test('leads to pages of the portal only', async () => {
    const { action } = await import('../../app/routes/sign-in')
    const context = { portal: { auth: people.auth, db, config: { origin: ORIGIN } }, from: '192.0.2.1' }
    const submit = async (to: string) => {
      const body = new URLSearchParams({ email: HEAD, password: PASSWORD, to })
      const request = new Request(`${ORIGIN}/sign-in`, { method: 'POST', body, headers: people.browser() })
      const args = { request, context, params: {} } as unknown as ActionFunctionArgs
      const thrown: unknown = await Promise.resolve(action(args)).catch((error: unknown) => error)
      if (!(thrown instanceof Response)) throw new Error('no redirect')
      expect(thrown.status).toBe(redirect('/').status)
      return thrown.headers.get('location')
    }
    expect(await submit('/projects?state=idea')).toBe('/projects?state=idea')
    for (const foreign of ['https://evil.example/', '//evil.example', '/\\evil.example', '/\t/evil.example'])
      expect(await submit(foreign)).toBe('/desk')
  })
})
