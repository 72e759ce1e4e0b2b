import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { count, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../db/connection'
import { auditEntries, member, organization, partners, rateLimit, session, user } from '../../db/schema'
import { ensureOrganizations, seedAccounts } from '../../db/seed/accounts'
import { ensureInstitutions } from '../../db/seed/institutions'
import { seedDirectory } from '../../db/seed/seed'
import { recordAct } from '../../server/audit/record'
import { verifyAuditTrail } from '../../server/audit/verify'
import { ensureFirstAdministrator } from '../../server/auth/first-administrator'
import { changePassword, ownSessions, rename, signOutSession } from '../../server/auth/own-account'
import { testDatabase } from '../harness/database'
import { PASSWORD, type People, startPeople } from '../harness/people'

let db: Database
let people: People
let folder: string

beforeAll(async () => {
  ;({ db } = await testDatabase())
  await seedDirectory(db)
  people = await startPeople(db)
  folder = await mkdtemp(path.join(tmpdir(), 'forge-accounts-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the first person of a portal of one’s own', () => {
  const start = (adminEmail: string | undefined) =>
    ensureFirstAdministrator({ ...people, db, config: { ...people.config, adminEmail } })

  test('nobody without ADMIN_EMAIL; with it, one administrator, who chooses a password by a mail', async () => {
    await start(undefined)
    expect(await db.select().from(member)).toEqual([])
    await Promise.all([start('First.Admin@forge.test'), start('First.Admin@forge.test')])
    const mails = await people.mailsTo('first.admin@forge.test')
    expect(mails).toHaveLength(1)
    const token = /reset-password\?token=(\S+)$/m.exec(mails[0]?.text ?? '')?.[1]
    const newPassword = 'chosen by the administrator'
    expect((await people.post('/reset-password', { token, newPassword })).status).toBe(200)
    const cookie = await people.cookieOf('first.admin@forge.test', newPassword)
    expect((await people.actorWith(cookie)).organization).toMatchObject({
      kind: 'secretariat',
      role: 'administrator',
    })
    await start('another@forge.test')
    expect(await people.mailsTo('another@forge.test')).toEqual([])
  })
})

describe('the accounts to try', () => {
  const seed = async () => {
    const { hash } = (await people.auth.$context).password
    await ensureInstitutions(db)
    return seedAccounts({ db, hash, folder })
  }

  test('every partner has a delegation, once', async () => {
    await ensureOrganizations(db)
    const kinds = await db
      .select({ kind: organization.kind, how_many: count() })
      .from(organization)
      .groupBy(organization.kind)
    expect(kinds.sort((a, b) => a.kind.localeCompare(b.kind))).toEqual([
      { kind: 'delegation', how_many: await db.$count(partners) },
      { kind: 'secretariat', how_many: 1 },
    ])
  })

  test('are made once, with passwords of their own, in a file that others cannot read', async () => {
    const made = await seed()
    expect(made.map(({ role, organization: of }) => `${role} of ${of}`)).toEqual(
      expect.arrayContaining(['head of Kenya', 'delegate of Japan', 'coordinator of Secretariat']),
    )
    expect(new Set(made.map(({ password }) => password)).size).toBe(made.length)
    const file = path.join(folder, 'accounts.json')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(made)
    expect(await seed()).toEqual(made)
    for (const { email, password } of made) await people.cookieOf(email, password)
  })

  test('get new passwords when the file is lost, and keep what people changed', async () => {
    const before = await seed()
    await db.update(user).set({ name: 'Married Name' }).where(eq(user.email, 'head.kenya@portal.example'))
    await rm(path.join(folder, 'accounts.json'))
    const after = await seed()
    expect(after.map(({ email }) => email)).toEqual(before.map(({ email }) => email))
    const [first] = after
    if (!first) throw new Error('accounts were made')
    expect(first.password).not.toBe(before[0]?.password)
    expect((await people.actorWith(await people.cookieOf(first.email, first.password))).name).toBe(
      'Married Name',
    )
    await expect(people.cookieOf(first.email, before[0]?.password)).rejects.toThrow('401')
  })
})

describe('one’s own account', () => {
  const EMAIL = 'own@kenya.test'
  const NEW = 'a new and long password'
  const parts = () => ({ ...people, db })
  beforeAll(async () => {
    await db.delete(rateLimit)
    await people.person('ke', 'delegate', EMAIL)
    await people.person('jp', 'delegate', 'other@japan.test')
  })

  test('nobody ends the session of somebody else', async () => {
    const other = await people.signIn('other@japan.test')
    const actor = await people.signIn(EMAIL)
    await expect(signOutSession(parts(), actor, other.sessionId, null)).rejects.toMatchObject({
      fault: 'not_found',
    })
    expect(await db.select().from(session).where(eq(session.id, other.sessionId))).toHaveLength(1)
    expect((await ownSessions(db, actor)).map(({ id }) => id)).not.toContain(other.sessionId)
  })

  test('a new password needs the present one, ends the other sessions and is told by mail', async () => {
    const elsewhere = await people.signIn(EMAIL)
    const actor = await people.signIn(EMAIL)
    await expect(
      changePassword(parts(), actor, { current: 'wrong', password: NEW }, null),
    ).rejects.toMatchObject({
      fault: 'invalid',
    })
    await changePassword(parts(), actor, { current: PASSWORD, password: NEW }, null)
    const left = (await ownSessions(db, actor)).map(({ id }) => id)
    expect(left).toContain(actor.sessionId)
    expect(left).not.toContain(elsewhere.sessionId)
    expect((await people.mailsTo(EMAIL)).at(-1)?.subject).toMatch(/was changed/)
    await people.cookieOf(EMAIL, NEW)
    await expect(people.cookieOf(EMAIL, PASSWORD)).rejects.toThrow('401')
  })

  test('the present password cannot be guessed at for long', async () => {
    const actor = await people.actorWith(await people.cookieOf(EMAIL, NEW))
    for (let i = 0; i < 8; i += 1)
      await changePassword(parts(), actor, { current: `guess ${i}`, password: PASSWORD }, null).catch(
        () => {},
      )
    const right = { current: NEW, password: PASSWORD }
    await expect(changePassword(parts(), actor, right, null)).rejects.toThrow(/Too many/)
  })

  test('a name is changed and audited', async () => {
    const actor = await people.actorWith(await people.cookieOf(EMAIL, NEW))
    await rename(db, actor, 'Otieno', '192.0.2.1')
    const entries = await db.select().from(auditEntries).where(eq(auditEntries.act, 'account.rename'))
    expect(entries).toMatchObject([{ before: { name: actor.name }, after: { name: 'Otieno' } }])
  })
})

test('acts recorded at one moment form one chain without gaps', async () => {
  const act = (n: number) =>
    db.transaction((tx) =>
      recordAct(tx, {
        actor: null,
        act: 'test.act',
        objectKind: 'test',
        objectId: `n\0${n}\ud800`,
        after: { n },
      }),
    )
  await Promise.all(Array.from({ length: 30 }, (_, n) => act(n)))
  const { end, broken } = await verifyAuditTrail(db)
  const [row] = await db.select({ entries: count() }).from(auditEntries)
  expect([broken, end.id]).toEqual([null, row?.entries])
})
