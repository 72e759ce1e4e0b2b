/** A document's log as it was committed, and the names of its versions. */
import { and, asc, desc, eq, gt, inArray, sql } from 'drizzle-orm'
import { invalid } from '../../app/domain/fault'
import type { Queryable } from '../connection'
import { organization, user } from '../schema/auth'
import { channelChunks, channelClients, channelEntries } from '../schema/channels'
import { documentRestores, documentVersions } from '../schema/projects'

type Line = {
  seq: number
  userId: string
  organizationId: string
  at: number
  length: number
  key: [writer: string, ref: number]
}

/** Read at a time, so that nobody else waits for it. */
const PAGE_ENTRIES = 2000
const MOST_ENTRIES = 300_000
const MOST_BYTES = 48 * 1024 * 1024

const TOO_LONG =
  'The history of this text is too long to be shown here. The text itself can be read and exported.'

/**
 * A document's log at this moment: what was merged, and the entries after it, at most `most` of them. Throws `invalid`
 * when it is too long.
 */
export async function wholeLog(
  db: Queryable,
  { id: documentId, channelId }: { id: string; channelId: string },
  most = Number.POSITIVE_INFINITY,
) {
  const [size] = await db
    .select({
      entries: sql<number>`count(*)::int`,
      bytes: sql<number>`coalesce(sum(octet_length(${channelEntries.data})), 0)::float8`,
    })
    .from(channelEntries)
    .where(eq(channelEntries.channelId, channelId))
  const isLong = (size?.entries ?? 0) > MOST_ENTRIES || (size?.bytes ?? 0) > MOST_BYTES
  if (isLong && most > MOST_ENTRIES) throw invalid(TOO_LONG)
  const pieces: Buffer[] = []
  const lines: Line[] = []
  let bytes = 0
  while (lines.length < most && bytes < MOST_BYTES) {
    const page = await db
      .select()
      .from(channelEntries)
      .where(and(eq(channelEntries.channelId, channelId), gt(channelEntries.seq, lines.at(-1)?.seq ?? 0)))
      .orderBy(asc(channelEntries.seq))
      .limit(PAGE_ENTRIES)
    for (const { seq, userId, organizationId, at, data, writer, ref } of page) {
      pieces.push(data)
      bytes += data.length
      lines.push({ seq, userId, organizationId, at: at.getTime(), length: data.length, key: [writer, ref] })
    }
    if (page.length < PAGE_ENTRIES) break
  }
  // After the entries: those that were merged meanwhile are found here, and are not counted twice.
  const merged = await db
    .select({ last: channelChunks.lastSeq, data: channelChunks.data })
    .from(channelChunks)
    .where(eq(channelChunks.channelId, channelId))
    .orderBy(asc(channelChunks.firstSeq))
  const compacted = merged.at(-1)?.last ?? 0
  while ((lines[0]?.seq ?? Number.POSITIVE_INFINITY) <= compacted) {
    lines.shift()
    pieces.shift()
  }
  const clients = await db
    .select({ client: channelClients.clientId, userId: channelClients.userId })
    .from(channelClients)
    .where(eq(channelClients.channelId, channelId))
  const owners = clients.map(({ client, userId }): [number, string] => [client, userId])
  const brought = await db
    .select({ seq: documentRestores.seq, restored: documentRestores.restoredSeq })
    .from(documentRestores)
    .where(eq(documentRestores.documentId, documentId))
  const restores = brought.map(({ seq, restored }): [number, number] => [seq, restored])
  return { chunks: merged.map(({ data }) => data), data: Buffer.concat(pieces), lines, owners, restores }
}

/** Of a log only what may mark suggestions: what was merged, and the entries that name such a mark. */
export async function markingLog(db: Queryable, channelId: string) {
  const [entries, merged, owners] = await Promise.all([
    db
      .select()
      .from(channelEntries)
      .where(
        and(
          eq(channelEntries.channelId, channelId),
          sql`position('suggested'::bytea in ${channelEntries.data}) > 0`,
        ),
      )
      .orderBy(asc(channelEntries.seq)),
    db
      .select({ last: channelChunks.lastSeq, data: channelChunks.data })
      .from(channelChunks)
      .where(eq(channelChunks.channelId, channelId))
      .orderBy(asc(channelChunks.firstSeq)),
    db
      .select({ client: channelClients.clientId, userId: channelClients.userId })
      .from(channelClients)
      .where(eq(channelClients.channelId, channelId)),
  ])
  return {
    chunks: merged.map(({ data }) => data),
    data: Buffer.concat(entries.map(({ data }) => data)),
    lines: entries.map(({ seq, userId, organizationId, at, data }) => ({
      ...{ seq, userId, organizationId, at: at.getTime(), length: data.length },
    })),
    owners: owners.map(({ client, userId }): [number, string] => [client, userId]),
    restores: [],
  }
}

/** Names of accounts and of the organizations they wrote for, by id. */
export async function namesOf(db: Queryable, userIds: readonly string[], organizationIds: readonly string[]) {
  const [people, organizations] = await Promise.all([
    db
      .select({ id: user.id, name: user.name })
      .from(user)
      .where(inArray(user.id, [...userIds])),
    db
      .select({ id: organization.id, name: organization.name, iso2: organization.partnerIso2 })
      .from(organization)
      .where(inArray(organization.id, [...organizationIds])),
  ])
  return {
    people: new Map(people.map(({ id, name }) => [id, name])),
    organizations: new Map(organizations.map(({ id, ...rest }) => [id, rest])),
  }
}

/** The named versions of a document, the last first. */
export const versionsOf = (db: Queryable, documentId: string) =>
  db
    .select({
      seq: documentVersions.seq,
      name: documentVersions.name,
      at: documentVersions.at,
      by: user.name,
      organization: organization.name,
    })
    .from(documentVersions)
    .innerJoin(user, eq(user.id, documentVersions.userId))
    .innerJoin(organization, eq(organization.id, documentVersions.organizationId))
    .where(eq(documentVersions.documentId, documentId))
    .orderBy(desc(documentVersions.seq))
