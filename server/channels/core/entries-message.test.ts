import fc from 'fast-check'
import parser from 'socket.io-msgpack-parser'
import { expect, test } from 'vitest'
import { wsFrame } from '../../../test/harness/ws-frame'
import { entriesMessage, framed } from './entries-message'

/** As a server sends it. */
const byWs = (message: Buffer): Buffer => wsFrame(message, { mask: false })

test('a frame is what ws makes of a binary message', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(0, 1, 125, 126, 127, 65_535, 65_536, 200_000),
      fc.nat(255),
      (length, byte) => {
        const message = Buffer.alloc(length, byte)
        expect(framed(message).equals(byWs(message))).toBe(true)
      },
    ),
    { numRuns: 40 },
  )
})

test("an entries frame is what Socket.IO's encoder and ws make of it", () => {
  const number = fc.oneof(fc.nat(300), fc.nat(70_000), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }))
  const length = fc.constantFrom(0, 1, 30, 255, 256, 65_535, 65_536)
  const entry = fc.tuple(number, fc.string({ maxLength: 70, unit: 'binary' }), number, length)
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, maxLength: 64, unit: 'binary' }),
      fc.array(entry, { maxLength: 20 }),
      (channel, all) => {
        const entries = all.map(([seq, writer, ref, size]): [number, string, number, Buffer] => [
          seq,
          writer,
          ref,
          Buffer.alloc(size, size),
        ])
        const packet = { type: 2, data: ['entries', { channel, entries }], nsp: '/' }
        const [message] = new parser.Encoder().encode(packet as never) as unknown as [Buffer]
        expect(entriesMessage({ channel, entries }).equals(byWs(message))).toBe(true)
      },
    ),
  )
})
