import { and, count, eq } from 'drizzle-orm'
import { z } from 'zod'
import { invalid } from '../../app/domain/fault'
import { DECIDING_ROLES } from '../../app/domain/groups'
import { MARKINGS } from '../../app/domain/marking'
import type { Actor } from '../../app/domain/people'
import type { SessionEvent } from '../../app/domain/session/events'
import { EMPTY_SESSION } from '../../app/domain/session/model'
import { instantIn, isZone } from '../../app/domain/zoned'
import type { Database, Transaction } from '../../db/connection'
import { lockedGroup } from '../../db/queries/locked-group'
import { organization } from '../../db/schema/auth'
import { sessionReaders, sessions } from '../../db/schema/sessions'
import { recordAct } from '../audit/record'
import { createChannel } from '../channels/create'
import { newId } from '../ids'
import { appendEvents } from './log'
import { rulesOf } from './rules'
import { startSessionText } from './start-text'

const wall = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, 'Give the day and the time.')

/** Wall-clock times of a form in its zone. Out: `startsAt` and `endsAt`, the instants. */
export const sessionForm = z
  .object({
    key: z.uuid('Load the page again.'),
    title: z.string().trim().min(3, 'Give it a title.').max(160, 'A title has at most 160 characters.'),
    starts: wall,
    ends: wall,
    zone: z.string().refine(isZone, 'Choose a time zone.'),
    marking: z.enum(MARKINGS, 'Choose who may know of it.'),
    chatham: z.literal('on').optional(),
    readers: z.array(z.string().max(64)).max(100).default([]),
  })
  .transform((form, context) => {
    const [startsAt, endsAt] = [instantIn(form.starts, form.zone), instantIn(form.ends, form.zone)]
    const wrong = (path: 'starts' | 'ends', message: string) => {
      context.addIssue({ code: 'custom', path: [path], message })
      return z.NEVER
    }
    if (!startsAt) return wrong('starts', 'That time does not exist in this zone: choose another.')
    if (!endsAt) return wrong('ends', 'That time does not exist in this zone: choose another.')
    if (endsAt <= startsAt) return wrong('ends', 'It ends after it starts.')
    return { ...form, chatham: form.chatham === 'on', startsAt, endsAt }
  })
export type SessionInput = z.output<typeof sessionForm>

/**
 * Prepares a session of a group, known to those who prepare it until it is announced. Out: its id; the same key again
 * gives the same. Throws `notFound`, `forbidden`, `invalid`.
 */
export async function createSession(
  db: Database,
  actor: Actor,
  groupId: string,
  input: SessionInput,
  from: string | null,
): Promise<string> {
  return db.transaction(async (tx) => {
    const why =
      'The chair’s, the vice-chairs’ and the secretary’s delegations and the secretariat convene sessions.'
    const { group, seats } = await lockedGroup(tx, actor, groupId, 'convene', why)
    const [same] = await tx.select().from(sessions).where(eq(sessions.key, input.key))
    if (same) {
      if (same.groupId !== groupId || same.createdBy !== actor.userId)
        throw invalid('This key was used for something else. Load the page again.')
      return same.id
    }
    const readers = input.marking === 'restricted' ? [...new Set(input.readers)] : []
    await requireDelegations(tx, input.marking, readers)
    const id = newId()
    const { title, startsAt, endsAt, zone, marking, chatham, key } = input
    const author = { userId: actor.userId, organizationId: actor.organization.id }
    await createChannel(tx, { id, kind: 'session', author })
    await tx.insert(sessions).values({
      ...{ id, key, groupId, title, startsAt, endsAt, zone, marking, chatham },
      ...{ channelId: id, createdBy: actor.userId },
    })
    if (readers.length > 0)
      await tx.insert(sessionReaders).values(readers.map((delegationId) => ({ sessionId: id, delegationId })))
    const members = seats.filter(
      ({ delegationId }) => marking !== 'restricted' || readers.includes(delegationId),
    )
    const deciding = members.filter(({ role }) => DECIDING_ROLES.includes(role)).length
    const rules = await rulesOf(tx, groupId, deciding, chatham)
    const by = { userId: actor.userId, name: actor.name, delegationId: null }
    const at = Date.now()
    const events: SessionEvent[] = [
      { at, by, body: { is: 'prepared', rules: rules.session } },
      {
        ...{ at, by },
        body: {
          is: 'seated',
          delegations: members.map(({ delegationId, name, iso2, role }) => ({
            id: delegationId,
            name,
            iso2,
            seat: role,
          })),
        },
      },
    ]
    const held = { state: EMPTY_SESSION, head: 0, snapshotAt: 0 }
    await appendEvents(tx, id, held, [{ events, author: { key, ...author } }])
    const notes = await startSessionText(tx, actor, { id, title, marking }, 'notes')
    await recordAct(tx, {
      ...{ actor, from, act: 'session.prepare', objectKind: 'session', objectId: id },
      after: {
        group: group.code,
        title,
        startsAt: startsAt.toISOString(),
        endsAt: endsAt.toISOString(),
        zone,
        marking,
        chatham,
        readers,
        notes,
      },
    })
    return id
  })
}

async function requireDelegations(tx: Transaction, marking: string, ids: readonly string[]): Promise<void> {
  if (marking !== 'restricted') return
  if (ids.length === 0)
    throw invalid('Not prepared.', { readers: ['Name the delegations that may know of it.'] })
  for (const id of ids) {
    const [found] = await tx
      .select({ n: count() })
      .from(organization)
      .where(and(eq(organization.id, id), eq(organization.kind, 'delegation')))
    if (!found?.n) throw invalid('Not prepared.', { readers: ['Choose delegations of the list.'] })
  }
}
