/** Delegations, their people and real sign-in, on a test's own database. Mail goes to a folder of its own. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { eq } from 'drizzle-orm'
import { pino } from 'pino'
import { afterAll } from 'vitest'
import type { Actor } from '../../app/domain/people'
import type { Database } from '../../db/connection'
import { account, member, organization, partners, user } from '../../db/schema'
import { ensureOrganizations } from '../../db/seed/accounts'
import { resolveActorBySessionId } from '../../server/auth/actor'
import { createAuth } from '../../server/auth/auth'
import { newId } from '../../server/ids'
import { createMailer, type Mail } from '../../server/mail/mailer'
import { sendMails } from '../../server/notices/mails'

export const ORIGIN = 'http://portal.test'
export const PASSWORD = 'a long enough password'
const PARTNERS = [
  ['KE', 'Kenya'],
  ['JP', 'Japan'],
  ['CD', 'Democratic Republic of the Congo'],
] as const

export type People = Awaited<ReturnType<typeof startPeople>>

export async function startPeople(db: Database, origin = ORIGIN) {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'forge-people-'))
  afterAll(() => rm(dataDir, { recursive: true, force: true }))
  const log = pino({ level: process.env.LOG_LEVEL ?? 'silent' })
  const mail = createMailer({ smtpUrl: undefined, mailFrom: 'FORGE <portal@portal.test>', dataDir }, log)
  const config = { origin, adminEmail: undefined }
  const secret = 'a secret for tests, of more than 32 characters'
  const auth = createAuth({ db, config, secret, mail, log })
  for (const [iso2, name] of PARTNERS) {
    const partner = { iso2, name, type: 'country', attendedMinisterial: true }
    await db.insert(partners).values(partner).onConflictDoNothing()
  }
  await ensureOrganizations(db)
  const { password } = await auth.$context
  const hash = await password.hash(PASSWORD)
  const rechecked: string[] = []
  const channels = { recheckUser: async (userId: string) => void rechecked.push(userId) }

  /** The headers of a browser at `address`, with the cookies it holds. */
  const browser = (address = '192.0.2.1', cookie?: string) => {
    const headers = new Headers({ 'x-forge-client-ip': address, 'user-agent': 'test', origin })
    if (cookie) headers.set('cookie', cookie)
    return headers
  }

  async function person(slug: string, role: string | null, email: string, name = email): Promise<string> {
    const id = newId()
    await db.insert(user).values({ id, name, email })
    await db
      .insert(account)
      .values({ id: newId(), accountId: id, providerId: 'credential', userId: id, password: hash })
    if (role) {
      const organizationId = await idOf(slug)
      await db.insert(member).values({ id: newId(), organizationId, userId: id, role })
    }
    return id
  }

  async function idOf(slug: string): Promise<string> {
    const [found] = await db.select().from(organization).where(eq(organization.slug, slug))
    if (!found) throw new Error(`no organization ${slug}`)
    return found.id
  }

  const post = (pathname: string, body: unknown, headers = browser()) => {
    headers.set('content-type', 'application/json')
    const init = { method: 'POST', headers, body: JSON.stringify(body) }
    return auth.handler(new Request(`${origin}/api/auth${pathname}`, init))
  }

  /** The cookie of a fresh session. */
  async function cookieOf(email: string, password = PASSWORD, address?: string): Promise<string> {
    const response = await post('/sign-in/email', { email, password }, browser(address))
    if (!response.ok) throw new Error(`${email} could not sign in: ${response.status}`)
    return response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ')
  }

  async function actorWith(cookie: string): Promise<Actor> {
    const session = await auth.api.getSession({ headers: browser(undefined, cookie) })
    const actor = session && (await resolveActorBySessionId(db, session.session.id))
    if (!actor) throw new Error('nobody is signed in with this cookie')
    return actor
  }

  /** Signs in and gives who that is. */
  const signIn = async (email: string) => actorWith(await cookieOf(email))

  /** The mails sent so far to an address, the first sent first; notices that go by mail at once among them. */
  async function mailsTo(email: string): Promise<(Omit<Mail, 'to'> & { file: string })[]> {
    await sendMails({ db, mail, origin, log })
    await mail.settled()
    const folder = path.join(dataDir, 'mail')
    const files = await readdir(folder).catch(() => [])
    const read = await Promise.all(
      files.sort().map(async (name) => {
        const file = path.join(folder, name)
        return { file, source: await readFile(file, 'utf8') }
      }),
    )
    return read
      .filter(({ source }) => source.includes(`To: ${email}\n`))
      .map(({ file, source }) => ({
        file,
        subject: /^Subject: (.*)$/m.exec(source)?.[1] ?? '',
        text: source.slice(source.indexOf('\n\n') + 2),
      }))
  }

  return {
    ...{ auth, mail, log, config, channels, rechecked, dataDir, secret },
    ...{ browser, person, idOf, post, cookieOf, actorWith, signIn, mailsTo },
  }
}
