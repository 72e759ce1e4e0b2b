import type { Mention, NamedMention } from '../../app/domain/comment'
import { invalid } from '../../app/domain/fault'
import type { Actor } from '../../app/domain/people'
import type { Queryable } from '../../db/connection'
import { documentFor, type ScopedDocument } from '../../db/queries/documents'
import { type Reader, readersOf } from '../../db/queries/readers'

const MOST_OFFERED = 8

export type MentionChoice = NamedMention & { of: string; iso2: string | null }

/**
 * Whom a comment may name, the delegations first, for a name that begins like `query` in one of its words. Throws
 * `notFound` and `forbidden`, as commenting itself.
 */
export async function mentionChoices(
  db: Queryable,
  actor: Actor,
  documentId: string,
  query: string,
): Promise<MentionChoice[]> {
  const document = await documentFor(db, actor, documentId, 'comment')
  const readers = await readersOf(db, document)
  const wanted = query.trim().toLocaleLowerCase()
  const fits = (name: string) => {
    const lower = name.toLocaleLowerCase()
    return lower.startsWith(wanted) || lower.includes(` ${wanted}`)
  }
  const delegations: MentionChoice[] = [...delegationsOf(readers)].map(
    ([id, { organizationName, partnerIso2 }]) => ({
      ...{ kind: 'delegation', id, name: organizationName, of: 'delegation', iso2: partnerIso2 },
    }),
  )
  const people: MentionChoice[] = readers
    .filter(({ userId }) => userId !== actor.userId)
    .map(({ userId, name, organizationName, partnerIso2 }) => ({
      ...{ kind: 'person', id: userId, name, of: organizationName, iso2: partnerIso2 },
    }))
  return [...delegations, ...people].filter(({ name }) => fits(name)).slice(0, MOST_OFFERED)
}

const delegationsOf = (readers: readonly Reader[]) =>
  new Map(
    readers.filter(({ kind }) => kind === 'delegation').map((reader) => [reader.organizationId, reader]),
  )

/**
 * Those mentioned who may read the text, each once. Throws `invalid` when one may not: the same for somebody who does not
 * exist.
 */
export async function checkMentions(
  db: Queryable,
  document: ScopedDocument,
  mentions: readonly Mention[],
): Promise<Mention[]> {
  if (mentions.length === 0) return []
  const readers = await readersOf(db, document)
  const known = new Set([
    ...readers.map(({ userId }) => `person ${userId}`),
    ...[...delegationsOf(readers).keys()].map((id) => `delegation ${id}`),
  ])
  const once = new Map(mentions.map(({ kind, id }) => [`${kind} ${id}`, { kind, id }]))
  for (const word of once.keys()) {
    if (!known.has(word))
      throw invalid(
        'Somebody whom you mention does not read this text. Take the name out, or have them invited.',
        {
          text: ['Somebody whom you mention does not read this text.'],
        },
      )
  }
  return [...once.values()]
}
