import fc from 'fast-check'
import type { Server } from 'socket.io'
import { describe, expect, test } from 'vitest'
import * as ws from 'ws'
import { broadcast, framed, WAITING } from './broadcast'

test('a frame is what ws makes of a binary message', () => {
  // Untyped there: Engine.IO uses it alike.
  const frame = (ws as unknown as { Sender: { frame(data: Buffer, options: object): Buffer[] } }).Sender.frame
  fc.assert(
    fc.property(
      fc.constantFrom(0, 1, 125, 126, 127, 65_535, 65_536, 200_000),
      fc.nat(255),
      (length, byte) => {
        const message = Buffer.alloc(length, byte)
        const options = { fin: true, opcode: 2, mask: false, readOnly: true, rsv1: false }
        expect(framed(message).equals(Buffer.concat(frame(message, options)))).toBe(true)
      },
    ),
    { numRuns: 40 },
  )
})

describe('[R32] a reader who is too slow', () => {
  function tell(...readers: { waiting?: number; bufferedAmount?: number }[]) {
    const all = readers.map(({ waiting = 0, bufferedAmount = 0 }) => ({
      direct: 0,
      queued: 0,
      closed: false,
      waiting,
      bufferedAmount,
    }))
    const sockets = new Map(
      all.map((reader, i) => {
        const socket = {
          readyState: 1,
          bufferedAmount: reader.bufferedAmount,
          _sender: { sendFrame: () => reader.direct++ },
        }
        const conn = {
          writeBuffer: Array.from({ length: reader.waiting }),
          transport: { socket },
          write: () => reader.queued++,
          close: () => {
            reader.closed = true
          },
        }
        return [String(i), { conn }]
      }),
    )
    const io = { of: () => ({ sockets, adapter: { rooms: new Map([['room', new Set(sockets.keys())]]) } }) }
    let dropped = 0
    const frame = { channel: 'c', entries: [] }
    broadcast(io as unknown as Server, 'room', 'entries', frame, () => dropped++)
    return { dropped, all }
  }

  test('is let go of; the others get the frame, behind what waits for them', () => {
    const { dropped, all } = tell(
      {},
      { waiting: 3 },
      { waiting: WAITING.frames + 1 },
      { bufferedAmount: WAITING.bytes + 1 },
    )
    expect(dropped).toBe(2)
    expect(all.map(({ direct, queued, closed }) => [direct, queued, closed])).toEqual([
      [1, 0, false],
      [0, 1, false],
      [0, 0, true],
      [0, 0, true],
    ])
  })
})
