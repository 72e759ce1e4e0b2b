/** A person's inbox as a channel: the portal writes, the person reads. */
import { inboxChannel } from '../../app/domain/inbox-channel'
import type { Queryable } from '../../db/connection'
import { channels } from '../../db/schema/channels'
import { resolveActorBySessionId } from '../auth/actor'
import type { Author, Channels, ResolveAccess } from '../channels/types'

const PREFIX = inboxChannel('')

export const isInbox = (channelId: string): boolean => channelId.startsWith(PREFIX)

/** For the engine: somebody's own inbox, to read. It is there from the first time that anybody asks for it. */
export async function inboxAccess(
  db: Queryable,
  sessionId: string,
  channelId: string,
): ReturnType<ResolveAccess> {
  const actor = await resolveActorBySessionId(db, sessionId)
  if (!actor || channelId !== inboxChannel(actor.userId)) return null
  await ensureInbox(db, actor.userId)
  return { actor, access: 'read' }
}

const ensureInbox = (db: Queryable, userId: string) =>
  db
    .insert(channels)
    .values({ id: inboxChannel(userId), kind: 'inbox' })
    .onConflictDoNothing()

/** What an entry of an inbox says: that there is a notice, or that notices were read. Never a word of them. */
type InboxEntry = { notice: string } | { read: number }

/** Appends to somebody's inbox; open pages of theirs hear of it. */
export async function tellInbox(
  { db, channels: engine }: { db: Queryable; channels: Pick<Channels, 'append'> },
  author: Author,
  userId: string,
  entry: InboxEntry,
): Promise<void> {
  await ensureInbox(db, userId)
  await engine.append(author, inboxChannel(userId), Buffer.from(JSON.stringify(entry)))
}
