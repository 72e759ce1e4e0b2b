/** Notices: written with the act, delivered after it, and gone with the right to know. */
import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { lastDigest } from '../../app/domain/digest-hour'
import { inboxChannel } from '../../app/domain/inbox-channel'
import { type Choices, NOTICE_KINDS, noticeSettingsForm, type Way, waysOf } from '../../app/domain/notices'
import type { Actor } from '../../app/domain/people'
import { connect, type Database } from '../../db/connection'
import { inboxState, noticeList } from '../../db/queries/notices'
import { channelEntries, documentGrants, noticeDigests, notices, proposals, session } from '../../db/schema'
import { resolveAccess } from '../../server/documents/access'
import { grant } from '../../server/documents/grant'
import { withdrawGrant } from '../../server/documents/withdraw-grant'
import { newId } from '../../server/ids'
import { deliverNotices, tellInboxes } from '../../server/notices/deliver'
import { makeDigests } from '../../server/notices/digests'
import { markRead, markUnread, openNotice } from '../../server/notices/mark-read'
import { notify } from '../../server/notices/notify'
import { setNoticeSettings } from '../../server/notices/settings'
import { createProject } from '../../server/projects/create'
import { startProposal } from '../../server/proposals/start'
import { testDatabase } from '../harness/database'
import { NOT_FOUND, projectInput, type Records, startRecords } from '../harness/records'

let db: Database
let url: string
let records: Records
let kenya: Actor
let japan: Actor
let congo: Actor
let proposalId: string
let documentId: string

const ALL = { unread: false, topic: null, page: 1 }
const linesOf = async (actor: Actor) => (await noticeList(db, actor, ALL)).notices.map(({ line }) => line)
const mailsTo = async (actor: Actor) =>
  (await records.people.mailsTo(actor.email)).map(({ subject, text }) => `${subject}\n${text}`)
const share = (level: 'read' | 'write' | 'comment' = 'write') =>
  grant(records.parts, kenya, documentId, { delegationId: japan.organization.id, level }, null)
const choose = (actor: Actor, choices: Choices, hour = 7, zone = 'UTC') =>
  setNoticeSettings(db, actor, { zone, hour, choices })

beforeAll(async () => {
  ;({ db, url } = await testDatabase())
  records = await startRecords(db)
  kenya = await records.as('kenya', 'head')
  japan = await records.as('japan', 'head')
  congo = await records.as('congo', 'head')
})

beforeEach(async () => {
  await db.delete(notices)
  await db.delete(noticeDigests)
  for (const actor of [kenya, japan, congo]) await choose(actor, {})
  const projectId = await createProject(db, kenya, projectInput({ title: 'Secret ridge' }), null)
  proposalId = await startProposal(db, kenya, projectId, null)
  const [row] = await db.select().from(proposals).where(eq(proposals.id, proposalId))
  documentId = row?.documentId ?? ''
})

describe('writing', () => {
  const tell = (act: string, to: Actor[], by: Actor | null = null) =>
    db.transaction((tx) =>
      notify(tx, {
        ...{ kind: 'comment_mention', act, about: { kind: 'proposal_text', id: proposalId } },
        ...{ link: `/proposals/${proposalId}`, data: { title: 'Secret ridge', by: 'Kenya' } },
        ...{ to: to.map(({ userId }) => userId), by: by?.userId },
      }),
    )

  test('a person is told of an act once, and never of their own', async () => {
    await tell('comment 1', [kenya, kenya, japan], japan)
    await tell('comment 1', [kenya])
    expect(await linesOf(kenya)).toEqual(['Secret ridge: Kenya mentions you'])
    expect(await db.select().from(notices)).toHaveLength(1)
  })

  test('an act that is undone tells nobody', async () => {
    const undone = db.transaction(async (tx) => {
      await notify(tx, {
        ...{ kind: 'role_changed', act: 'x', about: { kind: 'self', id: kenya.userId }, link: '/account' },
        ...{ data: {}, to: [kenya.userId] },
      })
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect(await linesOf(kenya)).toEqual([])
  })

  test('the channel says that there is something, never what, and every node’s round tells it once', async () => {
    await tell('comment 2', [kenya])
    const before = await inboxState(db, kenya)
    await Promise.all([1, 2, 3].map(() => tellInboxes(records.parts)))
    const after = await inboxState(db, kenya)
    expect(after).toEqual({ unread: 1, head: before.head + 1 })
    const entries = await db
      .select()
      .from(channelEntries)
      .where(eq(channelEntries.channelId, inboxChannel(kenya.userId)))
    expect(entries.map(({ data }) => data.toString()).join()).not.toContain('Secret')
  })

  test('an inbox opens to its person alone, and takes nothing from a browser', async () => {
    const sessionOf = async (actor: Actor) => {
      const id = newId()
      const expiresAt = new Date(Date.now() + 60_000)
      await db
        .insert(session)
        .values({ id, token: newId(), userId: actor.userId, expiresAt, updatedAt: new Date() })
      return id
    }
    const [mine, others] = [await sessionOf(kenya), await sessionOf(congo)]
    const access = resolveAccess(db)
    expect((await access(mine, inboxChannel(kenya.userId)))?.access).toBe('read')
    expect(await access(others, inboxChannel(kenya.userId))).toBeNull()
    expect(await access('nobody', inboxChannel(kenya.userId))).toBeNull()
    expect(await access(mine, inboxChannel('somebody-who-is-not'))).toBeNull()
  })
})

describe('the right to know', () => {
  test('with a share a notice comes, without it it is gone: from the list, the count, its page and the mail', async () => {
    await share()
    expect(await linesOf(japan)).toEqual(['Kenya invites your delegation to Secret ridge (write)'])
    expect((await inboxState(db, japan)).unread).toBe(1)
    const [notice] = (await noticeList(db, japan, ALL)).notices
    await db.delete(documentGrants).where(eq(documentGrants.documentId, documentId))
    await deliverNotices(records.parts)
    expect(await linesOf(japan)).toEqual([])
    expect((await noticeList(db, japan, ALL)).total).toBe(0)
    expect((await inboxState(db, japan)).unread).toBe(0)
    await expect(openNotice(records.parts, japan, notice?.id ?? '')).rejects.toMatchObject(NOT_FOUND)
    await expect(markUnread(records.parts, japan, notice?.id ?? '')).rejects.toMatchObject(NOT_FOUND)
    expect(await markRead(records.parts, japan, 'all')).toBe(0)
    expect((await mailsTo(japan)).join()).not.toContain(notice?.id)
  })

  test('nobody opens or marks what is somebody else’s', async () => {
    await share()
    const [notice] = (await noticeList(db, japan, ALL)).notices
    await expect(openNotice(records.parts, congo, notice?.id ?? '')).rejects.toMatchObject(NOT_FOUND)
    expect(await markRead(records.parts, congo, [notice?.id ?? ''])).toBe(0)
    expect((await inboxState(db, japan)).unread).toBe(1)
    expect(await openNotice(records.parts, japan, notice?.id ?? '')).toBe(`/proposals/${proposalId}`)
    expect((await inboxState(db, japan)).unread).toBe(0)
  })

  test('who lost a share is told without a word of the text', async () => {
    await share()
    await withdrawGrant(records.parts, kenya, documentId, japan.organization.id, null)
    expect(await linesOf(japan)).toEqual(['Kenya ended your delegation’s share in a text'])
  })
})

describe('ways', () => {
  test('at once: one mail, without a title; off: nothing at all', async () => {
    const before = (await mailsTo(japan)).length
    await share()
    await deliverNotices(records.parts)
    await deliverNotices(records.parts)
    const mails = (await mailsTo(japan)).slice(before)
    expect(mails).toHaveLength(1)
    expect(mails[0]).toContain('/inbox/')
    expect(mails[0]).not.toContain('Secret ridge')
    await choose(japan, { share_ended: 'off' })
    await withdrawGrant(records.parts, kenya, documentId, japan.organization.id, null)
    expect(await linesOf(japan)).toEqual([])
  })

  test('a day’s digest comes once, at its hour, whichever node makes it, with what is unread and may be seen', async () => {
    await choose(japan, { share_given: 'digest', share_ended: 'digest' }, 9, 'Asia/Tokyo')
    const before = (await mailsTo(japan)).length
    await share()
    await deliverNotices(records.parts)
    expect((await mailsTo(japan)).length).toBe(before)
    const tomorrow = new Date(Date.now() + 86_400_000)
    const { day, at } = lastDigest(tomorrow, 9, 'Asia/Tokyo')
    const early = new Date(at.getTime() - 1)
    if (lastDigest(early, 9, 'Asia/Tokyo').at < new Date()) await deliverNotices(records.parts, early)
    expect((await mailsTo(japan)).length).toBe(before)
    const other = connect(url, () => {})
    await Promise.all([db, other, db, other].map((node) => makeDigests(node, at)))
    await other.$client.end()
    await Promise.all([1, 2].map(() => deliverNotices(records.parts, at)))
    await deliverNotices(records.parts, tomorrow)
    const mails = (await mailsTo(japan)).slice(before)
    expect(mails).toHaveLength(1)
    expect(mails[0]).toContain(`1 notice, ${day}`)
    expect(mails[0]).not.toContain('Secret ridge')
    expect(await db.select().from(noticeDigests)).toHaveLength(1)
  })

  test('a digest of what was read meanwhile is not sent', async () => {
    await choose(japan, { share_given: 'digest' })
    const before = (await mailsTo(japan)).length
    await share()
    await markRead(records.parts, japan, 'all')
    await deliverNotices(records.parts, new Date(Date.now() + 2 * 86_400_000))
    expect((await mailsTo(japan)).length).toBe(before)
  })

  test('what asks for something can be digested, not silenced', () => {
    const form = (ways: Partial<Record<string, Way>>) =>
      noticeSettingsForm.safeParse({
        ...{ zone: 'Africa/Kinshasa', hour: '6' },
        ...Object.fromEntries(NOTICE_KINDS.map((kind) => [`way.${kind}`, waysOf(kind)[0]])),
        ...ways,
      }).success
    expect(form({})).toBe(true)
    expect(form({ 'way.review_asked': 'digest', 'way.case_moved': 'off' })).toBe(true)
    expect(form({ 'way.review_asked': 'off' })).toBe(false)
    expect(form({ 'way.review_asked': 'app' })).toBe(false)
  })
})

test('a mail server that is away is tried again, and nothing is sent twice', async () => {
  await share()
  let tries = 0
  const mail = {
    ...records.people.mail,
    send: async () => {
      tries += 1
      throw new Error('away')
    },
  }
  await deliverNotices({ ...records.parts, mail })
  await deliverNotices({ ...records.parts, mail })
  expect(tries).toBe(1)
  await db.update(notices).set({ mailNextAt: new Date(0) })
  const sent = await mailsTo(japan)
  await db.update(notices).set({ mailNextAt: new Date(0) })
  expect((await mailsTo(japan)).length).toBe(sent.length)
  const [row] = await db.select().from(notices)
  expect(row).toMatchObject({ mailTries: 2, mailedAt: expect.any(Date) })
})
