import { inArray } from 'drizzle-orm'
import { MARKING_LABEL } from '../../app/domain/marking'
import type { EventBody } from '../../app/domain/session/events'
import { wallClock } from '../../app/domain/zoned'
import type { Transaction } from '../../db/connection'
import { noticeSettings } from '../../db/schema/notices'
import { notify } from '../notices/notify'
import { peopleOfDelegations } from '../notices/recipients'
import type { Doing } from './effects'

const at = (instant: Date, zone: string) =>
  `${wallClock(instant, zone).replace('T', ' ')} in ${zone.replaceAll('_', ' ')}`

/** People by the zone that they read times in; UTC for those who chose none. */
async function byZone(tx: Transaction, userIds: readonly string[]): Promise<Map<string, string[]>> {
  const chosen = await tx
    .select({ userId: noticeSettings.userId, zone: noticeSettings.zone })
    .from(noticeSettings)
    .where(inArray(noticeSettings.userId, [...userIds]))
  const zones = new Map(chosen.map(({ userId, zone }) => [userId, zone]))
  const groups = new Map<string, string[]>()
  for (const userId of userIds) {
    const zone = zones.get(userId) ?? 'UTC'
    groups.set(zone, [...(groups.get(zone) ?? []), userId])
  }
  return groups
}

/**
 * Invites the delegations of a session that is announced, each with the time in their own zone beside that of the session,
 * and tells an owner of a follow-up.
 */
export async function tellMembers(
  tx: Transaction,
  events: readonly EventBody[],
  { actor, found, state }: Doing,
): Promise<void> {
  const { session, group } = found
  const about = { kind: 'session', id: session.id } as const
  const link = `/sessions/${session.id}`
  for (const body of events) {
    if (body.is === 'announced') {
      const to = await peopleOfDelegations(tx, Object.keys(state.delegations), ['head', 'delegate'])
      const set = at(session.startsAt, session.zone)
      for (const [zone, people] of await byZone(tx, to)) {
        const when = zone === session.zone ? set : `${set} (${at(session.startsAt, zone)})`
        await notify(tx, {
          ...{
            kind: 'session_announced',
            act: `session.announce ${session.id}`,
            about,
            link,
            by: actor.userId,
            to: people,
          },
          data: { title: `${group.name}, ${session.title} (${MARKING_LABEL[session.marking].tlp})`, when },
        })
      }
    }
    if (body.is === 'follow_up') {
      const to = await peopleOfDelegations(tx, [body.ownerId], ['head', 'delegate'])
      await notify(tx, {
        ...{
          kind: 'deadline_near',
          act: `session.follow_up ${body.followUpId}`,
          about,
          link: `/follow-ups/${body.followUpId}`,
          by: actor.userId,
          to,
        },
        data: { title: session.title, what: body.text, due: body.due },
      })
    }
  }
}
