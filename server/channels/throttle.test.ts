import type { Socket } from 'socket.io'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { PAUSE_MS, throttle } from './throttle'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('[R26] who sends too much is not read for a moment, and then read on', () => {
  const happened: string[] = []
  const raw = { pause: () => happened.push('paused'), resume: () => happened.push('read on') }
  const pause = throttle({ conn: { transport: { socket: raw } } } as unknown as Socket)
  pause()
  pause()
  vi.advanceTimersByTime(PAUSE_MS - 1)
  pause()
  expect(happened).toEqual(['paused'])
  vi.advanceTimersByTime(1)
  expect(happened).toEqual(['paused', 'read on'])
  pause()
  expect(happened).toEqual(['paused', 'read on', 'paused'])
})
