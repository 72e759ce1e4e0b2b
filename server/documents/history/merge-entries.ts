/** One update that says what several of one person's say, with what was typed letter by letter in one piece. */
import { writeVarUint } from 'lib0/encoding'
import * as Y from 'yjs'

type Struct = Y.Item | Y.GC | Y.Skip
type Deleted = { clock: number; len: number }

/** @param updates version 1, in the order of the log; what a client adds in them has no hole */
export function mergeEntries(updates: readonly Uint8Array[]): Uint8Array {
  const structs = new Map<number, Struct[]>()
  const deleted = new Map<number, Deleted[]>()
  for (const update of updates) {
    const read = Y.decodeUpdate(update)
    for (const struct of read.structs) add(structs, struct)
    for (const [client, ranges] of read.ds.clients) {
      const all = deleted.get(client) ?? []
      for (const { clock, len } of ranges) all.push({ clock, len })
      deleted.set(client, all)
    }
  }
  return encode(structs, deleted)
}

function add(all: Map<number, Struct[]>, struct: Struct): void {
  const list = all.get(struct.id.client)
  const last = list?.at(-1)
  if (last && join(last, struct)) return
  if (list) list.push(struct)
  else all.set(struct.id.client, [struct])
}

/**
 * Takes `next` into `last` where both together are what Yjs itself would divide into the two: text that was put right
 * after `last`, before the same neighbour.
 */
function join(last: Struct, next: Struct): boolean {
  if (!(last instanceof Y.Item) || !(next instanceof Y.Item)) return false
  if (!(last.content instanceof Y.ContentString) || !(next.content instanceof Y.ContentString)) return false
  if (next.id.clock !== last.id.clock + last.length) return false
  if (!Y.compareIDs(next.origin, last.lastId) || !Y.compareIDs(next.rightOrigin, last.rightOrigin))
    return false
  last.content.mergeWith(next.content)
  last.length += next.length
  return true
}

function encode(structs: ReadonlyMap<number, Struct[]>, deleted: ReadonlyMap<number, Deleted[]>): Uint8Array {
  const encoder = new Y.UpdateEncoderV1()
  writeVarUint(encoder.restEncoder, structs.size)
  // The order in which Yjs writes clients.
  for (const [client, list] of [...structs].sort(([a], [b]) => b - a)) {
    writeVarUint(encoder.restEncoder, list.length)
    encoder.writeClient(client)
    writeVarUint(encoder.restEncoder, list[0]?.id.clock ?? 0)
    for (const struct of list) struct.write(encoder, 0)
  }
  writeVarUint(encoder.restEncoder, deleted.size)
  for (const [client, list] of [...deleted].sort(([a], [b]) => b - a)) {
    const ranges = united(list)
    writeVarUint(encoder.restEncoder, client)
    writeVarUint(encoder.restEncoder, ranges.length)
    for (const { clock, len } of ranges) {
      writeVarUint(encoder.restEncoder, clock)
      writeVarUint(encoder.restEncoder, len)
    }
  }
  return encoder.toUint8Array()
}

/** The same clocks in as few ranges as can be. */
function united(ranges: Deleted[]): Deleted[] {
  const all: Deleted[] = []
  for (const { clock, len } of ranges.sort((a, b) => a.clock - b.clock)) {
    const last = all.at(-1)
    if (last && clock <= last.clock + last.len) last.len = Math.max(last.len, clock + len - last.clock)
    else all.push({ clock, len })
  }
  return all
}
