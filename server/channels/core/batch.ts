/** Which accepted entries go into the next commit, and what its result acknowledges. */

/**
 * Between the starts of two commits, at least: half of it is what an edit waits under load. Each commit costs as much as
 * two or three edits, wherever they come from.
 */
export const DISTANCE_MS = 6
export const LONGEST_DISTANCE_MS = 100
/** Telling what was committed may take this share of the time. */
const SHARE = 1 / 4

export type BatchLimits = { entries: number; bytes: number }

type Waiting<Entry> = { readonly accepted: readonly Entry[] }

/**
 * Takes the first of the channels, which are in the order in which they became ready, with all their entries, and of the
 * last one as many of its first as still fit: a channel's entries are committed in the order of their acceptance. At
 * least one entry is taken, however large.
 * With `alone`, one channel only: after a failure, so that a channel that cannot be stored holds up no other.
 */
export function takeBatch<Entry extends { data: Uint8Array }, Channel extends Waiting<Entry>>(
  ready: Iterable<Channel>,
  limits: BatchLimits,
  alone: boolean,
): { channel: Channel; entries: Entry[] }[] {
  const batch: { channel: Channel; entries: Entry[] }[] = []
  let count = 0
  let bytes = 0
  for (const channel of ready) {
    const entries: Entry[] = []
    for (const entry of channel.accepted) {
      const fits = count < limits.entries && bytes + entry.data.length <= limits.bytes
      if (count > 0 && !fits) break
      entries.push(entry)
      count++
      bytes += entry.data.length
    }
    if (entries.length > 0) batch.push({ channel, entries })
    if (alone || entries.length < channel.accepted.length) break
  }
  return batch
}

/**
 * What a commit on top of `base` acknowledges: its entries, in their order, and nothing else. The frame that tells
 * the senders is the one that everybody else gets.
 */
export const acknowledged = <Entry>(
  base: number,
  entries: readonly Entry[],
): { seq: number; entry: Entry }[] => entries.map((entry, i) => ({ seq: base + 1 + i, entry }))

/** Of so many tellings the one in the middle counts: one that something held up says nothing of the next. */
const TELLINGS = 5

/** Gives how far the next commit starts from the one before, when telling that one took so long: batches widen with load. */
export function distances(): (tookMs: number) => number {
  const last: number[] = []
  return (tookMs) => {
    last.push(tookMs)
    if (last.length > TELLINGS) last.shift()
    const middle = last.toSorted((a, b) => a - b)[last.length >> 1] ?? 0
    return Math.min(LONGEST_DISTANCE_MS, Math.max(DISTANCE_MS, middle / SHARE))
  }
}
