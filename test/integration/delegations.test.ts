import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../app/domain/people'
import type { Database } from '../../db/connection'
import { auditEntries, invitation, member, rateLimit, session, user } from '../../db/schema'
import { verifyAuditTrail } from '../../server/audit/verify'
import { resolveActorBySessionId } from '../../server/auth/actor'
import { acceptInvitation, invitationById } from '../../server/delegations/accept-invitation'
import { cancelInvitation } from '../../server/delegations/cancel-invitation'
import { changeRole } from '../../server/delegations/change-role'
import { invitationLinks } from '../../server/delegations/invitation-link'
import { invite } from '../../server/delegations/invite'
import { organizationsFor, peopleOf, type Role } from '../../server/delegations/people'
import { removeMember } from '../../server/delegations/remove-member'
import { testDatabase } from '../harness/database'
import { ORIGIN, PASSWORD, type People, startPeople } from '../harness/people'

let db: Database
let people: People
const actors: Record<string, Actor> = {}
const HERE = '192.0.2.1'

beforeAll(async () => {
  ;({ db } = await testDatabase())
  people = await startPeople(db)
  for (const [slug, role] of [
    ['ke', 'head'],
    ['ke', 'delegate'],
    ['ke', 'adviser'],
    ['ke', 'reader'],
    ['jp', 'head'],
    ['secretariat', 'administrator'],
    ['secretariat', 'coordinator'],
    ['secretariat', 'secretary'],
  ] as const) {
    await people.person(slug, role, `${role}@${slug}.test`, `${role} of ${slug}`)
    actors[`${role} ${slug}`] = await people.signIn(`${role}@${slug}.test`)
  }
})

beforeEach(async () => {
  await db.delete(rateLimit)
})

function as(who: string): Actor {
  const actor = actors[who]
  if (!actor) throw new Error(`no actor ${who}`)
  return actor
}

const send = (who: Actor, slugId: string, email: string, role: Role = 'delegate') =>
  invite({ ...people, db, origin: ORIGIN }, who, slugId, { email, role }, HERE)
const accept = async (id: string, name = 'New Colleague', password = PASSWORD) => {
  const { hash } = (await people.auth.$context).password
  return acceptInvitation({ db, hash }, id, { name, password }, HERE)
}
const memberIdOf = async (email: string) => {
  const [found] = await db
    .select({ id: member.id })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(eq(user.email, email))
  return found?.id ?? 'none'
}
const parts = () => ({ db, channels: people.channels })
const fault = (kind: string) => expect.objectContaining({ fault: kind })
const audited = async () => (await db.select().from(auditEntries)).length

describe('the wrong person', () => {
  test('does not invite: delegate, adviser, reader, another head, coordinator, secretary', async () => {
    const kenya = await people.idOf('ke')
    const before = await audited()
    const refusals: [string, string][] = [
      ['delegate ke', 'forbidden'],
      ['adviser ke', 'forbidden'],
      ['reader ke', 'forbidden'],
      ['head jp', 'not_found'],
      ['coordinator secretariat', 'not_found'],
      ['secretary secretariat', 'not_found'],
    ]
    for (const [who, kind] of refusals)
      await expect(send(as(who), kenya, 'friend@evil.test'), who).rejects.toEqual(fault(kind))
    expect(await db.select().from(invitation).where(eq(invitation.email, 'friend@evil.test'))).toEqual([])
    expect(await people.mailsTo('friend@evil.test')).toEqual([])
    expect(await audited()).toBe(before)
  })

  test('another organization’s id and one that does not exist get the same answer', async () => {
    const japan = await people.idOf('jp')
    const answers = await Promise.all(
      [japan, 'no-such-id'].flatMap((id) => [
        peopleOf(db, as('head ke'), id).catch((error: Error) => error.message),
        send(as('head ke'), id, 'x@evil.test').catch((error: Error) => error.message),
      ]),
    )
    expect(new Set(answers).size).toBe(1)
    const own = await memberIdOf('head@jp.test')
    const changes = await Promise.all(
      [own, 'no-such-id'].flatMap((memberId) => [
        changeRole(parts(), as('head ke'), { memberId, role: 'reader' }, HERE).catch((e: Error) => e.message),
        removeMember(parts(), as('head ke'), memberId, HERE).catch((e: Error) => e.message),
      ]),
    )
    expect(new Set([...answers, ...changes]).size).toBe(1)
  })

  test('does not change or remove: not even oneself, without being head', async () => {
    const memberId = await memberIdOf('delegate@ke.test')
    for (const who of ['delegate ke', 'adviser ke', 'reader ke']) {
      await expect(changeRole(parts(), as(who), { memberId, role: 'head' }, HERE)).rejects.toEqual(
        fault('forbidden'),
      )
      await expect(removeMember(parts(), as(who), memberId, HERE)).rejects.toEqual(fault('forbidden'))
    }
    expect((await resolveActorBySessionId(db, as('delegate ke').sessionId))?.organization.role).toBe(
      'delegate',
    )
  })

  test('does not see invitations, nor the list of all organizations', async () => {
    const kenya = await people.idOf('ke')
    const { id } = await send(as('head ke'), kenya, 'seen@ke.test')
    const seen = await peopleOf(db, as('reader ke'), kenya)
    expect([seen.manages, seen.invitations]).toEqual([false, []])
    expect(seen.people.map(({ email }) => email)).toContain('head@ke.test')
    await expect(cancelInvitation(db, as('delegate ke'), id, HERE)).rejects.toEqual(fault('forbidden'))
    await expect(cancelInvitation(db, as('head jp'), id, HERE)).rejects.toEqual(fault('not_found'))
    for (const who of ['head ke', 'coordinator secretariat', 'secretary secretariat'])
      await expect(organizationsFor(db, as(who))).rejects.toEqual(fault('not_found'))
  })

  test('a head gives no role of the secretariat, an administrator no delegation’s role there', async () => {
    const kenya = await people.idOf('ke')
    await expect(send(as('head ke'), kenya, 'x@ke.test', 'administrator')).rejects.toEqual(fault('invalid'))
    const secretariat = await people.idOf('secretariat')
    const administrator = as('administrator secretariat')
    await expect(send(administrator, secretariat, 'x@sec.test', 'head')).rejects.toEqual(fault('invalid'))
    const memberId = await memberIdOf('delegate@ke.test')
    await expect(changeRole(parts(), as('head ke'), { memberId, role: 'secretary' }, HERE)).rejects.toEqual(
      fault('invalid'),
    )
  })
})

describe('an invitation', () => {
  test('makes an account in that delegation, in that role, once', async () => {
    const kenya = await people.idOf('ke')
    const { id, mailed } = await send(as('head ke'), kenya, 'new@ke.test', 'adviser')
    expect(mailed).toBe(true)
    const [letter] = await people.mailsTo('new@ke.test')
    expect(letter?.subject).toBe('FORGE partner portal: invitation to the delegation of Kenya')
    const link = new URL(/^http:\S+$/m.exec(letter?.text ?? '')?.[0] ?? '')
    expect(link.pathname).toBe(`/invitation/${id}`)
    const links = await invitationLinks(people.auth, ORIGIN)
    expect(links.opens(id, link.searchParams.get('key') ?? '')).toBe(true)
    // The head sees the id on their page; without the mail's key it opens nothing.
    for (const key of ['', 'x', id]) expect(links.opens(id, key)).toBe(false)

    expect(await invitationById(db, id)).toMatchObject({
      organization: 'Kenya',
      inviter: 'head of ke',
      state: 'open',
      role: 'adviser',
    })
    const both = await Promise.allSettled([accept(id, 'First'), accept(id, 'Second')])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await invitationById(db, id))?.state).toBe('accepted')
    const actor = await people.signIn('new@ke.test')
    expect(actor.organization).toMatchObject({ kind: 'delegation', id: kenya, role: 'adviser' })
  })

  test('expired, cancelled or replaced opens nothing, and says which', async () => {
    const kenya = await people.idOf('ke')
    const first = await send(as('head ke'), kenya, 'late@ke.test')
    const second = await send(as('head ke'), kenya, 'late@ke.test')
    expect((await invitationById(db, first.id))?.state).toBe('cancelled')
    await expect(accept(first.id)).rejects.toEqual(fault('conflict'))
    const past = new Date(Date.now() - 1000)
    await db.update(invitation).set({ expiresAt: past }).where(eq(invitation.id, second.id))
    expect((await invitationById(db, second.id))?.state).toBe('expired')
    await expect(accept(second.id)).rejects.toEqual(fault('conflict'))
    const third = await send(as('head ke'), kenya, 'late@ke.test')
    await cancelInvitation(db, as('head ke'), third.id, HERE)
    await expect(cancelInvitation(db, as('head ke'), third.id, HERE)).rejects.toEqual(fault('conflict'))
    await expect(accept(third.id)).rejects.toEqual(fault('conflict'))
    await expect(accept('no-such-id')).rejects.toEqual(fault('not_found'))
    expect(await db.select().from(user).where(eq(user.email, 'late@ke.test'))).toEqual([])
  })

  test('of somebody of another delegation: the head does not learn it, and it cannot be accepted', async () => {
    const kenya = await people.idOf('ke')
    const { id } = await send(as('head ke'), kenya, 'head@jp.test')
    await expect(accept(id, 'Taken over', 'a password of the thief')).rejects.toEqual(fault('conflict'))
    expect((await people.signIn('head@jp.test')).organization.name).toBe('Japan')
    await expect(send(as('administrator secretariat'), kenya, 'head@jp.test')).rejects.toEqual(
      fault('conflict'),
    )
    await expect(send(as('head ke'), kenya, 'reader@ke.test')).rejects.toEqual(fault('conflict'))
  })

  test('is held to a rate', async () => {
    const kenya = await people.idOf('ke')
    await db.insert(rateLimit).values({
      id: 'r',
      key: `invite ${as('head ke').userId}`,
      count: 40,
      lastRequest: Date.now(),
    })
    await expect(send(as('head ke'), kenya, 'one-more@ke.test')).rejects.toEqual(fault('conflict'))
  })

  test('an administrator invites the first head of a delegation, and sees how each is staffed', async () => {
    const congo = await people.idOf('cd')
    const administrator = as('administrator secretariat')
    const { id } = await send(administrator, congo, 'head@cd.test', 'head')
    const listed = async () => (await organizationsFor(db, administrator)).find((one) => one.id === congo)
    expect(await listed()).toMatchObject({ people: 0, leading: 0, invited: 1 })
    await accept(id, 'Aimée Kabongo')
    expect(await listed()).toMatchObject({ people: 1, leading: 1, invited: 0 })
    expect((await peopleOf(db, administrator, congo)).manages).toBe(true)
  })
})

describe('roles and leaving', () => {
  test('a changed role is the actor’s at once; open pages are told', async () => {
    const actor = as('delegate ke')
    const memberId = await memberIdOf('delegate@ke.test')
    await changeRole(parts(), as('head ke'), { memberId, role: 'reader' }, HERE)
    expect((await resolveActorBySessionId(db, actor.sessionId))?.organization.role).toBe('reader')
    expect(people.rechecked.at(-1)).toBe(actor.userId)
    await changeRole(parts(), as('head ke'), { memberId, role: 'delegate' }, HERE)
  })

  test('who is removed is out at once, and can come back by an invitation, with a new password', async () => {
    const kenya = await people.idOf('ke')
    await people.person('ke', 'delegate', 'comes-back@ke.test')
    const actor = await people.signIn('comes-back@ke.test')
    await removeMember(parts(), as('head ke'), await memberIdOf('comes-back@ke.test'), HERE)
    expect(await resolveActorBySessionId(db, actor.sessionId)).toBeNull()
    expect(await db.select().from(session).where(eq(session.userId, actor.userId))).toEqual([])
    expect(people.rechecked.at(-1)).toBe(actor.userId)
    await expect(people.signIn('comes-back@ke.test')).rejects.toThrow('403')

    const { id } = await send(as('head ke'), kenya, 'comes-back@ke.test', 'reader')
    await accept(id, 'Back Again', 'quite another password')
    await expect(people.cookieOf('comes-back@ke.test', PASSWORD)).rejects.toThrow('401')
    const cookie = await people.cookieOf('comes-back@ke.test', 'quite another password')
    // The same account as before: what they wrote is theirs.
    expect(await people.actorWith(cookie)).toMatchObject({ userId: actor.userId, name: 'Back Again' })
  })

  test('the last head stays, also when two heads remove each other at one moment', async () => {
    const head = await memberIdOf('head@jp.test')
    const last = fault('conflict')
    await expect(removeMember(parts(), as('head jp'), head, HERE)).rejects.toEqual(last)
    const toReader = { memberId: head, role: 'reader' as const }
    await expect(changeRole(parts(), as('head jp'), toReader, HERE)).rejects.toEqual(last)
    await expect(changeRole(parts(), as('administrator secretariat'), toReader, HERE)).rejects.toEqual(last)

    await people.person('jp', 'head', 'second@jp.test')
    const second = await people.signIn('second@jp.test')
    const outcomes = await Promise.allSettled([
      removeMember(parts(), as('head jp'), await memberIdOf('second@jp.test'), HERE),
      removeMember(parts(), second, head, HERE),
    ])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const japan = await peopleOf(db, as('administrator secretariat'), await people.idOf('jp'))
    expect(japan.people.filter(({ role }) => role === 'head')).toHaveLength(1)
  })

  test('the last administrator stays', async () => {
    const memberId = await memberIdOf('administrator@secretariat.test')
    await expect(removeMember(parts(), as('administrator secretariat'), memberId, HERE)).rejects.toEqual(
      fault('conflict'),
    )
  })
})

describe('the audit trail', () => {
  test('holds all of it, links up, and shows where it was tampered with', async () => {
    const entries = await db.select().from(auditEntries)
    const acts = new Set(entries.map(({ act }) => act))
    for (const act of [
      'session.start',
      'invitation.send',
      'invitation.accept',
      'invitation.cancel',
      'member.role',
      'member.remove',
    ])
      expect(acts).toContain(act)
    expect(entries.find(({ act }) => act === 'member.role')).toMatchObject({
      userId: as('head ke').userId,
      organizationId: await people.idOf('ke'),
      from: HERE,
      before: { role: 'delegate' },
      after: { role: 'reader' },
    })
    const { end, broken } = await verifyAuditTrail(db)
    expect([broken, end.id]).toEqual([null, entries.length])

    const [victim] = entries.filter(({ act }) => act === 'member.remove')
    if (!victim) throw new Error('a removal was audited')
    const put = (userId: string) =>
      db.update(auditEntries).set({ userId }).where(eq(auditEntries.id, victim.id))
    // The database refuses it; somebody who rules over the database can have that taken away.
    await expect(put('somebody else')).rejects.toMatchObject({
      cause: expect.objectContaining({ message: expect.stringContaining('never changed') }),
    })
    await expect(db.delete(auditEntries)).rejects.toThrow()
    await expect(db.execute('truncate audit_entries')).rejects.toThrow()
    await db.execute('alter table audit_entries disable trigger all')
    await put('somebody else')
    expect((await verifyAuditTrail(db)).broken).toBe(victim.id)
    await put(victim.userId)
    expect((await verifyAuditTrail(db)).broken).toBeNull()
    await db.delete(auditEntries).where(eq(auditEntries.id, victim.id))
    expect((await verifyAuditTrail(db)).broken).toBe(victim.id + 1)
    await db.insert(auditEntries).values(victim)
    expect((await verifyAuditTrail(db)).broken).toBeNull()
  })
})
