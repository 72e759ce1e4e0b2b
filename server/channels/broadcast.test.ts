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
  const connectionWith = (waiting: { data?: unknown }[]) => {
    const got: Buffer[] = []
    const connection = {
      writeBuffer: waiting,
      write: (message: Buffer) => got.push(message),
      close: () => {
        connection.closed = true
      },
      closed: false,
    }
    return { connection, got }
  }
  function tell(...waiting: { data?: unknown }[][]) {
    const all = waiting.map(connectionWith)
    const sockets = new Map(all.map(({ connection }, i) => [String(i), { conn: connection }]))
    const io = { of: () => ({ sockets, adapter: { rooms: new Map([['room', new Set(sockets.keys())]]) } }) }
    let dropped = 0
    const frame = { channel: 'c', entries: [] }
    broadcast(io as unknown as Server, 'room', 'entries', frame, () => dropped++)
    return { dropped, all }
  }

  test('is let go of; the others get the frame', () => {
    const many = Array.from({ length: WAITING.frames + 1 }, () => ({ data: Buffer.alloc(1) }))
    const large = Array.from({ length: 20 }, () => ({ data: Buffer.alloc(WAITING.bytes / 16) }))
    const { dropped, all } = tell([], many, large, many.slice(0, 500))
    expect(dropped).toBe(2)
    expect(all.map(({ connection }) => connection.closed)).toEqual([false, true, true, false])
    expect(all.map(({ got }) => got.length)).toEqual([1, 0, 0, 1])
  })
})
