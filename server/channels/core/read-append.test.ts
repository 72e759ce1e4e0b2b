import fc from 'fast-check'
import parser from 'socket.io-msgpack-parser'
import { describe, expect, test } from 'vitest'
import { appendFrame } from '../../../app/domain/channel-protocol'
import { AppendReader } from './read-append'

const encoder = new parser.Encoder()
/** One for all: each frame comes after another one. */
const reader = new AppendReader()
const readAppend = (bytes: Buffer) => reader.read(bytes)
const encode = (packet: object): Buffer => (encoder.encode(packet as never) as unknown as [Buffer])[0]

/** What the long way makes of it: the frame, or null when it is no append to the root. */
function theLongWay(bytes: Buffer): unknown {
  const packets: { type: number; nsp: string; data: unknown[]; id?: number }[] = []
  const decoder = new parser.Decoder()
  decoder.on('decoded', (packet: (typeof packets)[number]) => packets.push(packet))
  decoder.add(bytes)
  const [packet] = packets
  if (packet?.type !== 2 || packet.nsp !== '/' || packet.id !== undefined) return null
  if (packet.data[0] !== 'append') return null
  return appendFrame.safeParse(packet.data[1]).data ?? null
}

const name = fc.stringMatching(/^[A-Za-z0-9_-]{8,64}$/)
const item = fc.tuple(
  fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 2 ** 32 - 1 })),
  fc.uint8Array({ maxLength: 400 }).map((data) => Buffer.from(data)),
)
const frame = fc.record({
  channel: fc.oneof(name, fc.stringMatching(/^[ -~]{1,64}$/)),
  writer: name,
  items: fc.array(item, { minLength: 1, maxLength: 20 }),
})

describe('an append frame', () => {
  test('as clients write it is read as the long way reads it', () => {
    fc.assert(
      fc.property(frame, fc.constantFrom('plain', 'socket.io-client', 'other order'), (written, how) => {
        const data = ['append', written]
        const packet =
          how === 'plain'
            ? { type: 2, nsp: '/', data }
            : how === 'socket.io-client'
              ? { type: 2, data, options: { compress: true }, nsp: '/' }
              : {
                  data: [
                    'append',
                    { items: written.items, channel: written.channel, writer: written.writer },
                  ],
                  nsp: '/',
                  type: 2,
                }
        const bytes = encode(packet)
        const read = readAppend(bytes)
        expect(read).toEqual(written)
        expect(read).toEqual(theLongWay(bytes))
      }),
    )
  })

  test('with many items, long ones and large refs too', () => {
    const items = Array.from({ length: 256 }, (_, i): [number, Buffer] => [
      70_000 + i,
      Buffer.alloc(i === 7 ? 70_000 : i, i),
    ])
    const written = { channel: 'c', writer: 'writer-1', items }
    const read = readAppend(encode({ type: 2, nsp: '/', data: ['append', written] }))
    expect(read?.items.map(([ref]) => ref)).toEqual(items.map(([ref]) => ref))
    expect(read?.items.every(([, data], i) => items[i]?.[1].equals(data))).toBe(true)
  })

  test.each([
    ['another event', { type: 2, nsp: '/', data: ['presence', { channel: 'c', client: 1, caret: null }] }],
    ['another kind of packet', { type: 3, nsp: '/', data: ['append', {}] }],
    [
      'another namespace',
      {
        type: 2,
        nsp: '/x',
        data: ['append', { channel: 'c', writer: 'writer-1', items: [[1, Buffer.from('x')]] }],
      },
    ],
    [
      'one that wants an answer',
      {
        type: 2,
        nsp: '/',
        id: 1,
        data: ['append', { channel: 'c', writer: 'writer-1', items: [[1, Buffer.from('x')]] }],
      },
    ],
    ['no items', { type: 2, nsp: '/', data: ['append', { channel: 'c', writer: 'writer-1', items: [] }] }],
    [
      'a short writer',
      {
        type: 2,
        nsp: '/',
        data: ['append', { channel: 'c', writer: 'short', items: [[1, Buffer.from('x')]] }],
      },
    ],
    [
      'a ref of 0',
      {
        type: 2,
        nsp: '/',
        data: ['append', { channel: 'c', writer: 'writer-1', items: [[0, Buffer.from('x')]] }],
      },
    ],
    [
      'data that is text',
      { type: 2, nsp: '/', data: ['append', { channel: 'c', writer: 'writer-1', items: [[1, 'x']] }] },
    ],
  ])('%s takes the long way', (_, packet) => {
    expect(readAppend(encode(packet))).toBeNull()
  })

  test('however its bytes are changed, is nothing that the long way would read otherwise', () => {
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(frame, changes, fc.nat(), (written, bytes, cut) => {
        const original = encode({ type: 2, data: ['append', written], options: { compress: true }, nsp: '/' })
        const changed = Buffer.from(original)
        for (const [at, byte] of bytes) changed[at % changed.length] = byte
        const short = cut % 3 === 0 ? changed.subarray(0, cut % changed.length) : changed
        const read = readAppend(short)
        if (read) expect(read).toEqual(theLongWay(short))
      }),
      { numRuns: 2000 },
    )
  })
})
