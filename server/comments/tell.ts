import type { Mention } from '../../app/domain/comment'
import type { Actor } from '../../app/domain/people'
import type { Transaction } from '../../db/connection'
import { pathOf, type ScopedDocument } from '../../db/queries/documents'
import { readersOf } from '../../db/queries/readers'
import { aboutText } from '../notices/about-text'
import { notify } from '../notices/notify'

type What = {
  threadId: string
  commentId: string
  mentions: readonly Mention[]
  /** Who spoke in the thread before. */
  voices: readonly string[]
}

/**
 * Tells those mentioned, and those who spoke in the thread, as far as they may read the text now: each once. A restricted
 * part is told of as what it is a part of, whose readers know its name.
 */
export async function tellOfComment(
  tx: Transaction,
  actor: Actor,
  document: ScopedDocument,
  { threadId, commentId, mentions, voices }: What,
): Promise<void> {
  if (mentions.length + voices.length === 0) return
  const named = new Set(mentions.map(({ id }) => id))
  const readers = await readersOf(tx, document)
  const mentioned = readers.filter(
    ({ userId, organizationId }) => named.has(userId) || named.has(organizationId),
  )
  const others = readers.filter((reader) => voices.includes(reader.userId) && !mentioned.includes(reader))
  for (const [kind, to] of [
    ['comment_mention', mentioned],
    ['comment_reply', others],
  ] as const) {
    const notice = {
      ...{ kind, act: `${kind} ${commentId}`, by: actor.userId },
      link: `${pathOf(document)}#thread-${threadId}`,
    }
    const by = `${actor.name}, ${actor.organization.name},`
    const ids = to.map(({ userId }) => userId)
    const about = aboutText(document.part?.whole ?? document)
    if (about) await notify(tx, { ...notice, about, data: { title: titleOf(document), by }, to: ids })
    // Nothing else decides over who may read it later: so it names nothing.
    else
      for (const id of ids)
        await notify(tx, {
          ...{ ...notice, about: { kind: 'self', id } },
          ...{ data: { title: 'A text', by: 'somebody' }, to: [id] },
        })
  }
}

const titleOf = ({ title, part }: ScopedDocument) => (part ? `${part.whole.title}, ${title}` : title)
