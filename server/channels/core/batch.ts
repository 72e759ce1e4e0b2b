/** Which accepted entries go into the next commit, and what its result acknowledges. */

/**
 * Between the starts of two commits: half of it is what an edit waits under load. Each commit costs as much as two or
 * three edits, wherever they come from: while few come it waits longer for them, to share it.
 */
export const DISTANCE_MS = { shortest: 3, usual: 6, longest: 100 } as const
/** So many entries share a commit well. */
const ENOUGH = 12
/** Telling what was committed may take this share of the time. */
const SHARE = 0.4

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
/** How long entries are apart is an average over about so many commits. */
const MEMORY = 16

/** How far the next commit starts from the one that is told: ms. */
export type Distance = (told: {
  entries: number
  /** From the start of the commit before to that of this one. */
  sinceMs: number
  toldMs: number
}) => number

/** Entries that come fast go soon, for they share a commit anyway; batches widen while telling takes too much of the time. */
export function distances(): Distance {
  const tellings: number[] = []
  let everyMs: number = DISTANCE_MS.usual
  return ({ entries, sinceMs, toldMs }) => {
    if (entries > 0) everyMs += (Math.min(sinceMs, DISTANCE_MS.longest) / entries - everyMs) / MEMORY
    tellings.push(toldMs)
    if (tellings.length > TELLINGS) tellings.shift()
    const middle = tellings.toSorted((a, b) => a - b)[tellings.length >> 1] ?? 0
    // An edit waits for the telling, too.
    const shared = Math.max(DISTANCE_MS.shortest, Math.min(DISTANCE_MS.usual - middle, ENOUGH * everyMs))
    return Math.min(DISTANCE_MS.longest, Math.max(shared, middle / SHARE))
  }
}
