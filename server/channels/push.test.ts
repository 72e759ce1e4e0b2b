import type { Socket } from 'socket.io'
import { expect, test } from 'vitest'
import { pushTo, WAITING } from './push'

test.each([
  ['has nothing before it, is written to at once', {}, 'written'],
  ['has packets before it, gets the frame behind them', { waiting: 3 }, 'queued'],
  ['[R32] is too slow for so many frames, is let go of', { waiting: WAITING.frames + 1 }, 'ended'],
  ['[R32] is too slow for so many bytes, is let go of', { bufferedAmount: WAITING.bytes + 1 }, 'ended'],
])('a reader who %s', (_, { waiting = 0, bufferedAmount = 0 }: Reader, outcome) => {
  const happened: string[] = []
  const conn = {
    writeBuffer: Array.from({ length: waiting }),
    transport: {
      socket: { readyState: 1, bufferedAmount, _sender: { sendFrame: () => happened.push('written') } },
    },
    write: () => happened.push('queued'),
    close: () => happened.push('ended'),
  }
  let dropped = 0
  pushTo({ conn } as unknown as Socket, () => dropped++)(Buffer.from('frame'))
  expect(happened).toEqual([outcome])
  expect(dropped).toBe(outcome === 'ended' ? 1 : 0)
})

type Reader = { waiting?: number; bufferedAmount?: number }
