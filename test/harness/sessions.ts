/** Groups' seats and sessions, as tests set them up. */
import { randomUUID } from 'node:crypto'
import type { GroupRole } from '../../app/domain/groups'
import type { Actor } from '../../app/domain/people'
import { type SessionActInput, sessionAct } from '../../app/domain/session/acts'
import type { Database } from '../../db/connection'
import { groupMembers } from '../../db/schema'
import { newId } from '../../server/ids'
import { actInSession, type SessionParts } from '../../server/sessions/act'
import { createSession, type SessionInput } from '../../server/sessions/create'
import { readSession } from '../../server/sessions/log'

const HOUR = 3_600_000

/** Gives delegations their seats in a group. */
export const seatAll = (
  db: Database,
  groupId: string,
  seats: readonly (readonly [delegationId: string, GroupRole])[],
) =>
  db.insert(groupMembers).values(
    seats.map(([delegationId, role]) => ({
      ...{ id: newId(), groupId, delegationId, role, from: '2026-02-04' },
    })),
  )

/** A session of a group in preparation, 200 hours from now, open to the group. Out: its id. */
export const prepareSession = (
  db: Database,
  by: Actor,
  groupId: string,
  more: Partial<SessionInput> = {},
): Promise<string> =>
  createSession(
    db,
    by,
    groupId,
    {
      ...{ key: randomUUID(), title: 'A session', zone: 'Asia/Tokyo', starts: '', ends: '' },
      ...{ startsAt: new Date(Date.now() + 200 * HOUR), endsAt: new Date(Date.now() + 204 * HOUR) },
      ...{ marking: 'group', chatham: false, readers: [], ...more },
    },
    null,
  )

/** Does an act as the room's page sends it. */
export const doAct = (
  parts: SessionParts,
  actor: Actor,
  sessionId: string,
  input: SessionActInput,
  key: string = randomUUID(),
) => actInSession(parts, actor, sessionId, { key, act: sessionAct.parse(input) }, '192.0.2.7')

type Room = { secretary: Actor; chair: Actor; people: readonly Actor[]; item?: string; minutes?: number }

/** Announces a session, with an item where it has none; people enter; it is opened, and so is its first item. */
export async function openSession(
  parts: SessionParts,
  sessionId: string,
  { secretary, chair, people, item = 'An item', minutes }: Room,
): Promise<void> {
  const act = (actor: Actor, input: SessionActInput) => doAct(parts, actor, sessionId, input)
  const items = async () => (await readSession(parts.db, sessionId)).state.items
  if ((await items()).length === 0)
    await act(secretary, { act: 'add_item', title: item, minutes: minutes ?? null })
  await act(secretary, { act: 'announce' })
  for (const one of people) await act(one, { act: 'enter' })
  await act(chair, { act: 'open' })
  await act(chair, { act: 'open_item', itemId: (await items())[0]?.id ?? '' })
}
