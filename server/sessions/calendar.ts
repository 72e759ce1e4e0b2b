import ical, { type ICalCalendar } from 'ical-generator'
import type { Marking } from '../../app/domain/marking'
import type { Actor } from '../../app/domain/people'
import type { Database } from '../../db/connection'
import { sessionsOf } from '../../db/queries/sessions'

type Line = {
  id: string
  title: string
  startsAt: Date
  endsAt: Date
  zone: string
  marking: Marking
  group: string
}

/** Puts sessions into a calendar, which is kept wherever its reader keeps it: what not everybody may know is not named. */
export function addSessions(calendar: ICalCalendar, sessions: readonly Line[], origin: string): void {
  for (const { id, title, startsAt, endsAt, zone, marking, group } of sessions) {
    const open = marking === 'public' || marking === 'forge'
    const url = `${origin}/sessions/${id}`
    calendar.createEvent({
      ...{
        id: `session-${id}@${new URL(origin).hostname}`,
        start: startsAt,
        end: endsAt,
        stamp: startsAt,
        url,
      },
      summary: open ? `${group}: ${title}` : 'Session of a working group',
      description: `Its times were set in ${zone}. ${url}`,
    })
  }
}

/** The sessions of a group that the actor may know of, as a calendar file (RFC 5545). */
export async function groupCalendar(
  db: Database,
  origin: string,
  actor: Actor,
  group: { id: string; name: string },
): Promise<string> {
  const calendar = ical({ name: group.name, prodId: '//FORGE//partner portal//EN' })
  addSessions(calendar, await sessionsOf(db, actor, group.id), origin)
  return calendar.toString()
}
