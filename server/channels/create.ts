import { randomUUID } from 'node:crypto'
import { invalid } from '../../app/domain/fault'
import { channelClients, channelEntries, channelSnapshots, channels } from '../../db/schema/channels'
import { Book } from './core/book'
import { MAX_ANSWERED_BYTES } from './core/join'
import { encodeStateVector } from './core/state-vector'
import { KINDS } from './kinds'
import type { CreateChannel } from './types'

/** An imported text may be larger than what a browser appends. */
const MAX_FIRST_BYTES = 16 * 1024 * 1024

/**
 * Creates a channel in the caller's transaction, with its first entry where there is one: judged by the same rules
 * as every other. Throws an `invalid` fault when it breaks one.
 */
export const createChannel: CreateChannel = async (tx, { id, kind, author, first }) => {
  await tx.insert(channels).values({ id, kind, head: first ? 1 : 0 })
  if (!first) return
  if (first.length > MAX_FIRST_BYTES) throw invalid(`A text holds at most ${MAX_FIRST_BYTES} bytes.`)
  const read = KINDS[kind].read(first)
  if (!read.ok) throw invalid(read.why)
  const entry = { writer: `server-${randomUUID()}`, ref: 1, userId: author.userId, shape: read.shape }
  const book = new Book()
  const verdict = book.judge(entry, { seq: null })
  if (verdict.is === 'refused') throw invalid(verdict.why)
  await tx.insert(channelEntries).values({
    channelId: id,
    seq: 1,
    writer: entry.writer,
    ref: entry.ref,
    ...author,
    data: Buffer.from(first.buffer, first.byteOffset, first.byteLength),
  })
  const clients = book.accept(entry).map((clientId) => ({ channelId: id, clientId, ...author, firstSeq: 1 }))
  if (clients.length > 0) await tx.insert(channelClients).values(clients)
  if (first.length <= MAX_ANSWERED_BYTES || KINDS[kind].fold !== 'yjs') return
  // Too long for an answer to a joiner: it is its own snapshot.
  const clocks = new Map(read.shape.ranges.map(({ client, end }) => [client, end]))
  await tx.insert(channelSnapshots).values({
    channelId: id,
    seq: 1,
    data: Buffer.from(first.buffer, first.byteOffset, first.byteLength),
    stateVector: Buffer.from(encodeStateVector(clocks)),
    entries: 1,
  })
}
