/**
 * A part of a document's log, merged by author and minute, as it is stored: gzip of
 *   1 (the form); the authors; the count of records, each
 *     author; first seq (after the record before), last seq (after the first); first instant (after the record before),
 *     last instant (after the first), ms; length of its update; its moves
 *   then the updates, one after the other
 * in lib0's encoding.
 */
import { gunzipSync, gzipSync } from 'node:zlib'
import { createDecoder, readUint8Array, readVarInt, readVarString, readVarUint } from 'lib0/decoding'
import {
  createEncoder,
  toUint8Array,
  writeUint8Array,
  writeVarInt,
  writeVarString,
  writeVarUint,
} from 'lib0/encoding'
import type { LogLine, Move } from './replay'

const FORM = 1

/** Entries of one author, merged: from the first one's seq and instant to the last one's. */
export type Merged = Required<Pick<LogLine, 'from' | 'until' | 'moves'>> & Omit<LogLine, 'restored'>

export function writeChunk(records: readonly Merged[]): Uint8Array {
  const authors = new Map<string, number>()
  for (const { userId, organizationId } of records) {
    const key = JSON.stringify([userId, organizationId])
    if (!authors.has(key)) authors.set(key, authors.size)
  }
  const out = createEncoder()
  writeVarUint(out, FORM)
  writeVarUint(out, authors.size)
  for (const key of authors.keys()) writeVarString(out, key)
  writeVarUint(out, records.length)
  let [seq, at] = [0, 0]
  for (const { userId, organizationId, data, moves, ...record } of records) {
    writeVarUint(out, authors.get(JSON.stringify([userId, organizationId])) ?? 0)
    writeVarInt(out, record.from - seq)
    writeVarUint(out, record.seq - record.from)
    writeVarInt(out, record.at - at)
    writeVarInt(out, record.until - record.at)
    writeVarUint(out, data.length)
    writeVarUint(out, moves.length)
    for (const { client, clock, length, old } of moves) {
      for (const value of [client, clock, length, old.client, old.clock]) writeVarUint(out, value)
    }
    seq = record.from
    at = record.at
  }
  for (const { data } of records) writeUint8Array(out, data)
  return gzipSync(toUint8Array(out), { level: 9 })
}

export function readChunk(chunk: Uint8Array): Merged[] {
  const input = createDecoder(new Uint8Array(gunzipSync(chunk)))
  const form = readVarUint(input)
  if (form !== FORM)
    throw new Error(`a part of the log is stored in form ${form}, which this version cannot read`)
  const authors = Array.from({ length: readVarUint(input) }, (): [string, string] =>
    JSON.parse(readVarString(input)),
  )
  let [seq, at] = [0, 0]
  const heads = Array.from({ length: readVarUint(input) }, () => {
    const [userId, organizationId] = authors[readVarUint(input)] ?? ['', '']
    const from = seq + readVarInt(input)
    const last = from + readVarUint(input)
    const began = at + readVarInt(input)
    const until = began + readVarInt(input)
    const length = readVarUint(input)
    const moves = Array.from({ length: readVarUint(input) }, (): Move => {
      const [client, clock, length] = [readVarUint(input), readVarUint(input), readVarUint(input)]
      return { client, clock, length, old: { client: readVarUint(input), clock: readVarUint(input) } }
    })
    ;[seq, at] = [from, began]
    return { userId, organizationId, from, seq: last, at: began, until, length, moves }
  })
  return heads.map(({ length, ...head }) => ({ ...head, data: readUint8Array(input, length) }))
}
