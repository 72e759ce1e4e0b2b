import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { LiveChannel } from './channel'
import { Commits } from './commits'
import type { Log } from './log'

describe('[R13] commits keep a distance', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  /** A channel that accepts an entry whenever it is told to, on a log that takes `logMs` for each commit. */
  function setUp({ logMs = 0, distance = (): number => 20 } = {}) {
    const starts: number[] = []
    const accepted: { data: Buffer }[] = []
    const commits = new Commits(
      {
        commit: async () => {
          starts.push(performance.now())
          await new Promise((resolve) => setTimeout(resolve, logMs))
          return [true]
        },
      } as unknown as Log,
      distance,
      { committed: () => {}, failed: () => {} },
    )
    const channel = {
      state: 'open',
      accepted,
      commit: () => ({ channelId: 'c', base: 0, entries: [] }),
      landed: () => {
        accepted.length = 0
      },
    } as unknown as LiveChannel
    const append = () => {
      accepted.push({ data: Buffer.from('x') })
      commits.ready(channel)
    }
    return { append, starts, commits }
  }

  test('an entry that comes alone waits for nothing', async () => {
    const { append, starts } = setUp()
    append()
    await vi.advanceTimersByTimeAsync(0)
    await vi.advanceTimersByTimeAsync(100)
    append()
    await vi.advanceTimersByTimeAsync(0)
    expect(starts).toHaveLength(2)
  })

  test('those that follow closely go together, once the distance has passed', async () => {
    const { append, starts } = setUp({ logMs: 2 })
    append()
    await vi.advanceTimersByTimeAsync(5)
    for (let i = 0; i < 5; i++) {
      append()
      await vi.advanceTimersByTimeAsync(1)
    }
    expect(starts).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(30)
    expect(starts).toHaveLength(2)
    expect((starts[1] ?? 0) - (starts[0] ?? 0)).toBeGreaterThanOrEqual(20)
  })

  test('a distance that changes holds from the next commit on', async () => {
    const apart = [20, 40, 10, 10]
    const { append, starts } = setUp({ distance: () => apart.shift() ?? 10 })
    for (let ms = 0; ms < 100; ms++) {
      append()
      await vi.advanceTimersByTimeAsync(1)
    }
    const gaps = starts.slice(1).map((start, nth) => Math.round(start - (starts[nth] ?? 0)))
    expect(gaps.slice(0, 4)).toEqual([20, 40, 10, 10])
  })

  test('what does not fit into one commit goes with the next, nothing twice', async () => {
    const sizes: number[][] = []
    const log = {
      commit: async (commits: { entries: unknown[] }[]) => {
        sizes.push(commits.map(({ entries }) => entries.length))
        return commits.map(() => true)
      },
    } as unknown as Log
    const commits = new Commits(log, () => 20, { committed: () => {}, failed: () => {} })
    const full = (count: number) => {
      const accepted = Array.from({ length: count }, () => ({ data: Buffer.from('x') }))
      let flying = 0
      const channel = {
        ...{ state: 'open', isReady: false, accepted },
        commit: (entries: number) => {
          flying = entries
          return { channelId: 'c', base: 0, entries: accepted.slice(0, entries) }
        },
        landed: () => {
          accepted.splice(0, flying)
          if (accepted.length > 0) commits.ready(channel)
        },
      } as unknown as LiveChannel
      commits.ready(channel)
    }
    for (const count of [600, 1000, 1]) full(count)
    await vi.advanceTimersByTimeAsync(100)
    expect(sizes).toEqual([
      [600, 424],
      [1, 576],
    ])
  })

  test('a stop waits for those that wait', async () => {
    const { append, starts, commits } = setUp({ logMs: 2 })
    append()
    await vi.advanceTimersByTimeAsync(5)
    append()
    let drained = false
    void commits.drained().then(() => {
      drained = true
    })
    await vi.advanceTimersByTimeAsync(5)
    expect(drained).toBe(false)
    await vi.advanceTimersByTimeAsync(30)
    expect(drained).toBe(true)
    expect(starts).toHaveLength(2)
  })
})
