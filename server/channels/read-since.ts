/** What the log has for a joiner [R20]. */
import type { EntryTuple } from '../../app/domain/channel-protocol'
import { follows, isAhead, isLong, planJoin } from './core/join'
import { KINDS } from './kinds'
import type { Log } from './log'

export type Since = {
  head: number
  /** Without data where it is long: it is fetched by HTTP, and then joined with its seq. */
  snapshot: { seq: number; data: Uint8Array | null } | null
  entries: EntryTuple[]
}

/** Compacted in between, so often in one join: that is another fault. */
const TRIES = 5

/** Null when there is no such channel. */
export async function readSince(log: Log, channel: string, since: number): Promise<Since | null> {
  for (let nth = 0; nth < TRIES; nth++) {
    const found = await log.find(channel)
    if (!found) return null
    const { head, compacted } = found
    const plan = planJoin(isAhead(since, head) ? 0 : since, found.snapshot, compacted)
    if (plan.snapshot && found.snapshot && isLong(found.snapshot, KINDS[found.kind].answeredBytes)) {
      return { head, snapshot: { seq: found.snapshot.seq, data: null }, entries: [] }
    }
    const snapshot = plan.snapshot ? await log.snapshot(channel) : null
    const after = snapshot?.seq ?? plan.after
    const page = after < head ? await log.tail(channel, after) : { head: Math.max(head, after), entries: [] }
    if (!page) return null
    // Replaced by a long one, or compacted, since it was looked for.
    if (snapshot?.packed || !follows(page, after)) continue
    return {
      head: page.head,
      snapshot: snapshot && { seq: snapshot.seq, data: snapshot.data },
      entries: page.entries.map((entry) => [entry.seq, entry.writer, entry.ref, entry.data]),
    }
  }
  throw new Error(`the log of channel ${channel} moves while it is read`)
}
