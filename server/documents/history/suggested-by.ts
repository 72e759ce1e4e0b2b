/**
 * Who suggested what: the account under which a suggestion's id first stands in the log. Whoever parts a paragraph or moves
 * a passage writes the id anew, later; what a browser says of itself is not asked.
 */
import * as Y from 'yjs'
import { clientOf, SUGGESTED_INSERT, suggestionIdOf } from '../../../app/domain/suggestion'
import type { PackedLog, SuggestedBy } from '../worker-protocol'
import { unpackLog } from './packed-log'
import type { LogLine } from './replay'

/** What both marks' names begin with: an entry without it marks nothing. */
const MARK = Buffer.from(SUGGESTED_INSERT.slice(0, 'suggested'.length))

/** Out: of the ids, those that the log holds. */
export function suggestedBy({ log, ids }: { log: PackedLog; ids: readonly string[] }): SuggestedBy {
  const wanted = new Set(ids)
  const owners = new Map(log.owners)
  const first = new Map<string, LogLine>()
  for (const line of unpackLog(log)) {
    if (Buffer.from(line.data.buffer, line.data.byteOffset, line.data.byteLength).indexOf(MARK) < 0) continue
    for (const id of idsIn(line.data)) {
      if (!wanted.has(id)) continue
      const known = first.get(id)
      if (!known || isBefore(line, known, owners.get(clientOf(id) ?? -1))) first.set(id, line)
    }
  }
  return [...first].map(([id, { userId, organizationId, at }]) => ({ id, userId, organizationId, at }))
}

/**
 * Lines come in order; those that were merged within the same minute may lie over each other, and then neither builds on
 * the other: the id tells in whose browser it was made.
 */
const isBefore = (line: LogLine, known: LogLine, maker: string | undefined): boolean =>
  (line.from ?? line.seq) < known.seq && line.userId === maker && known.userId !== maker

/** The ids of suggestions that an entry writes. */
function idsIn(data: Uint8Array): Set<string> {
  const ids = new Set<string>()
  for (const struct of Y.decodeUpdate(data).structs) {
    if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentFormat)) continue
    const { key, value } = struct.content
    if (key.startsWith('suggested') && value !== null) ids.add(suggestionIdOf(value))
  }
  return ids
}
