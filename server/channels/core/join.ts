/** What a joiner gets: a snapshot or not, and from where the tail of the log. */

/** Entries sent in one reply; a joiner with more to come joins again. */
export const MAX_REPLY_BYTES = 4 * 1024 * 1024
export const MAX_REPLY_ENTRIES = 4096
/** Somebody who was away for longer than this gets the snapshot, which is shorter than what they missed. */
export const TAIL_RATHER_THAN_SNAPSHOT = 1000

export type JoinPlan = { snapshot: boolean; after: number }

/**
 * @param since the joiner's seq; 0 for a newcomer
 * @param snapshotSeq where the snapshot stands; 0 for none
 */
export function planJoin(since: number, snapshotSeq: number): JoinPlan {
  const isNew = since === 0 && snapshotSeq > 0
  if (isNew || snapshotSeq - since > TAIL_RATHER_THAN_SNAPSHOT) return { snapshot: true, after: snapshotSeq }
  return { snapshot: false, after: since }
}

/** A client that holds more than the log was served by another log (a restored backup): it starts anew. */
export const isAhead = (since: number, head: number): boolean => since > head

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
