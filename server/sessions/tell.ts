import { MARKING_LABEL } from '../../app/domain/marking'
import type { EventBody } from '../../app/domain/session/events'
import { wallClock } from '../../app/domain/zoned'
import type { Transaction } from '../../db/connection'
import { notify } from '../notices/notify'
import { peopleOfDelegations } from '../notices/recipients'
import type { Doing } from './effects'

/**
 * Invites the delegations of a session that is announced, and tells an owner of a follow-up. Each reads the time in their
 * own zone on the session's page.
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
      const when = `${wallClock(session.startsAt, session.zone).replace('T', ' ')} in ${session.zone.replaceAll('_', ' ')}`
      await notify(tx, {
        ...{
          kind: 'session_announced',
          act: `session.announce ${session.id}`,
          about,
          link,
          by: actor.userId,
          to,
        },
        data: { title: `${group.name}, ${session.title} (${MARKING_LABEL[session.marking].tlp})`, when },
      })
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
