/**
 * Divides an update that is larger than an entry may be: a long text pasted at once. A local transaction's update
 * lists the structs of one client in the order in which they build on each other, so every prefix of it is an update
 * of its own; what was deleted goes with the last piece.
 */
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'

type Structs = ReturnType<typeof Y.decodeUpdate>['structs']
type Struct = Structs[number]
type Deletes = ReturnType<typeof Y.decodeUpdate>['ds']

/** UTF-16 units of a text that go into one piece; each is at most three bytes. */
const TEXT_UNITS = 128 * 1024
/** Counts, client and first clock. */
const FRAME_BYTES = 64

/** Gives the pieces in their order, each at most `max` bytes; null when one struct alone is larger. */
export function splitUpdate(update: Uint8Array, max: number): Uint8Array[] | null {
  const { structs, ds } = Y.decodeUpdate(update)
  const client = structs[0]?.id.client
  if (client === undefined || structs.some((s) => s.id.client !== client || s instanceof Y.Skip)) return null
  const pieces: { structs: Struct[]; bytes: number }[] = []
  for (const struct of structs.flatMap(divideText)) {
    const bytes = encode([struct]).length
    if (bytes + FRAME_BYTES > max) return null
    const last = pieces.at(-1)
    if (last && last.bytes + bytes + FRAME_BYTES <= max) {
      last.structs.push(struct)
      last.bytes += bytes
    } else pieces.push({ structs: [struct], bytes })
  }
  const updates = pieces.map((piece) => encode(piece.structs))
  if (ds.clients.size > 0) updates.push(encode([], ds))
  return updates.every((piece) => piece.length <= max) ? updates : null
}

/** Divides a long text as Yjs itself would when somebody writes into the middle of it. */
function divideText(struct: Struct): Struct[] {
  if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) return [struct]
  const parts: Struct[] = []
  let rest: Y.Item = struct
  while (rest.length > TEXT_UNITS && rest.content instanceof Y.ContentString) {
    const at = isHighSurrogate(rest.content.str.charCodeAt(TEXT_UNITS - 1)) ? TEXT_UNITS - 1 : TEXT_UNITS
    const { client, clock } = rest.id
    const right: Y.Item = new Y.Item(
      Y.createID(client, clock + at),
      null,
      Y.createID(client, clock + at - 1),
      null,
      rest.rightOrigin,
      rest.parent,
      rest.parentSub,
      rest.content.splice(at),
    )
    rest.length = at
    parts.push(rest)
    rest = right
  }
  parts.push(rest)
  return parts
}

const isHighSurrogate = (unit: number) => unit >= 0xd800 && unit <= 0xdbff

function encode(structs: readonly Struct[], deletes?: Deletes): Uint8Array {
  const encoder = new Y.UpdateEncoderV1()
  const [first] = structs
  encoding.writeVarUint(encoder.restEncoder, first ? 1 : 0)
  if (first) {
    encoding.writeVarUint(encoder.restEncoder, structs.length)
    encoder.writeClient(first.id.client)
    encoding.writeVarUint(encoder.restEncoder, first.id.clock)
    for (const struct of structs) struct.write(encoder, 0)
  }
  encoding.writeVarUint(encoder.restEncoder, deletes?.clients.size ?? 0)
  for (const [client, ranges] of deletes?.clients ?? []) {
    encoding.writeVarUint(encoder.restEncoder, client)
    encoding.writeVarUint(encoder.restEncoder, ranges.length)
    for (const { clock, len } of ranges) {
      encoding.writeVarUint(encoder.restEncoder, clock)
      encoding.writeVarUint(encoder.restEncoder, len)
    }
  }
  return encoder.toUint8Array()
}
