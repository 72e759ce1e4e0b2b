/** What a joiner gets: a snapshot or not, and from where the tail of the log. */

/** Entries sent in one reply; a joiner with more to come joins again. */
export const MAX_REPLY_BYTES = 4 * 1024 * 1024
export const MAX_REPLY_ENTRIES = 4096
/** Somebody who was away for longer than this gets the snapshot, which is shorter than what they missed. */
export const TAIL_RATHER_THAN_SNAPSHOT = 1000
/** Of a long snapshot: as many entries as are about as long as it is, up to what takes a few replies. */
const BYTES_OF_AN_ENTRY = 64
const LONGEST_TAIL = 20_000

/** Longer snapshots are fetched by HTTP: one buffer for all, and nobody's answer waits behind somebody else's. */
export const MAX_ANSWERED_BYTES = 64 * 1024

export type JoinPlan = { snapshot: boolean; after: number }

/**
 * @param since the joiner's seq; 0 for a newcomer
 * @param snapshot where it stands and how long it is; null for none
 * @param compacted the seq up to which the log has no entries any more: the snapshot stands at it or after it
 */
export function planJoin(
  since: number,
  snapshot: { seq: number; bytes: number } | null,
  compacted = 0,
): JoinPlan {
  if (!snapshot) return { snapshot: false, after: since }
  const { seq, bytes } = snapshot
  const isNew = since === 0 && seq > 0
  const longest = Math.min(LONGEST_TAIL, Math.max(TAIL_RATHER_THAN_SNAPSHOT, bytes / BYTES_OF_AN_ENTRY))
  if (isNew || since < compacted || seq - since > longest) return { snapshot: true, after: seq }
  return { snapshot: false, after: since }
}

/** A client that holds more than the log was served by another log (a restored backup): it starts anew. */
export const isAhead = (since: number, head: number): boolean => since > head

/** @param most of the channel's kind: `KINDS` */
export const isLong = ({ bytes, packed }: { bytes: number; packed: boolean }, most: number): boolean =>
  packed || bytes > most

/** Whether a page of the log begins right after `seq`, or is empty because that is its end. */
export function follows(page: { head: number; entries: readonly { seq: number }[] }, seq: number): boolean {
  const [first] = page.entries
  return first ? first.seq === seq + 1 : page.head <= seq
}

/** The first entries that fit into one reply; at least one, so that joining again comes to an end. */
export function fitReply<Entry extends { data: Uint8Array }>(entries: readonly Entry[]): Entry[] {
  let bytes = 0
  let count = 0
  for (const entry of entries) {
    bytes += entry.data.length
    if (count > 0 && (bytes > MAX_REPLY_BYTES || count >= MAX_REPLY_ENTRIES)) break
    count++
  }
  return entries.slice(0, count)
}
