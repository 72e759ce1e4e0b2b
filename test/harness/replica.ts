/**
 * The smallest client of the protocol, without a socket: a document, an outbox, and the seq up to which nothing is
 * missing. Tests drive it over real sockets and over ones that drop and reorder.
 */
import * as Y from 'yjs'
import type { EntriesFrame, EntryTuple, JoinReply, RefusedFrame } from '../../app/domain/channel-protocol'

export class Replica {
  readonly doc = new Y.Doc()
  readonly writer: string
  readonly channel: string
  /** Sent or to be sent, and not acknowledged. */
  readonly outbox = new Map<number, Uint8Array>()
  /** What was acknowledged: ref and seq. */
  readonly acknowledged = new Map<number, number>()
  /** Refused for good. */
  readonly refused: RefusedFrame[] = []
  /** The highest seq up to which nothing is missing. */
  since = 0
  /** What differs from contiguous: entries that overtook others. */
  #ahead = new Set<number>()
  #ref = 0
  onEdit: (items: [number, Uint8Array][]) => void = () => {}

  constructor(channel: string, writer: string) {
    this.channel = channel
    this.writer = writer
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === this) return
      const ref = ++this.#ref
      this.outbox.set(ref, update)
      this.onEdit([[ref, update]])
    })
  }

  joined(reply: JoinReply & { ok: true }): void {
    if (reply.snapshot?.data) this.start(reply.snapshot.seq, reply.snapshot.data)
    for (const ref of [...this.outbox.keys()]) {
      if (ref > reply.acked) continue
      this.outbox.delete(ref)
      this.acknowledged.set(ref, 0)
    }
    this.take(reply.entries)
  }

  /** Takes in a snapshot. */
  start(seq: number, data: Uint8Array): void {
    Y.applyUpdate(this.doc, data, this)
    this.since = Math.max(this.since, seq)
    for (const ahead of this.#ahead) if (ahead <= this.since) this.#ahead.delete(ahead)
    while (this.#ahead.delete(this.since + 1)) this.since++
  }

  entries(frame: EntriesFrame): void {
    this.take(frame.entries)
  }

  take(entries: readonly EntryTuple[]): void {
    for (const [seq, writer, ref, data] of entries) {
      if (writer === this.writer) {
        this.outbox.delete(ref)
        this.acknowledged.set(ref, seq)
      }
      if (seq <= this.since || this.#ahead.has(seq)) continue
      Y.applyUpdate(this.doc, data, this)
      this.#ahead.add(seq)
      while (this.#ahead.delete(this.since + 1)) this.since++
    }
  }

  /** Gives true when it should be sent again later. */
  refusal(frame: RefusedFrame): boolean {
    if (frame.writer !== this.writer || frame.retry !== null) return true
    this.refused.push(frame)
    this.outbox.delete(frame.ref)
    return false
  }
}
