import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Person } from '../../../app/domain/channel-protocol'
import { Allowance } from './allowance'
import { acknowledged, DISTANCE_MS, distances, takeBatch } from './batch'
import { CHANNEL_EVENTS, CHANNEL_STATES, type ChannelEvent, type ChannelState, next } from './channel-state'
import { HeldEntries } from './held'
import { fitReply, isAhead, MAX_REPLY_BYTES, planJoin, TAIL_RATHER_THAN_SNAPSHOT } from './join'
import { LONGEST_WINDOW_MS, nextWindow, Presence, WINDOW_MS, windowBeside } from './presence'

describe('[R27] channel state', () => {
  // Every state and event, so that a new one does not compile until it is thought about.
  const TABLE: Record<ChannelState, Record<ChannelEvent, ChannelState>> = {
    cold: {
      needed: 'opening',
      read: 'cold',
      'read failed': 'cold',
      moved: 'cold',
      'commit failed': 'cold',
      idle: 'cold',
    },
    opening: {
      needed: 'opening',
      read: 'open',
      'read failed': 'cold',
      moved: 'opening',
      'commit failed': 'opening',
      idle: 'opening',
    },
    open: {
      needed: 'open',
      read: 'open',
      'read failed': 'open',
      moved: 'behind',
      'commit failed': 'cold',
      idle: 'cold',
    },
    behind: {
      needed: 'behind',
      read: 'open',
      'read failed': 'cold',
      moved: 'behind',
      'commit failed': 'cold',
      idle: 'behind',
    },
  }
  test.each(CHANNEL_STATES.flatMap((state) => CHANNEL_EVENTS.map((event) => ({ state, event }))))(
    '$state, $event',
    ({ state, event }) => {
      expect(next(state, event)).toBe(TABLE[state][event])
    },
  )
})

describe('[R13] a batch', () => {
  const channel = (id: string, ...sizes: number[]) => ({
    id,
    accepted: sizes.map((size) => ({ data: new Uint8Array(size) })),
  })

  test('takes entries in order, of all channels, up to its bounds', () => {
    const channels = [channel('a', 1, 1), channel('b', 1), channel('c', 1, 1)]
    const taken = (limits: { entries: number; bytes: number }, alone = false) =>
      takeBatch(channels, limits, alone).map((part) => [part.channel.id, part.entries.length])
    expect(taken({ entries: 10, bytes: 10 })).toEqual([
      ['a', 2],
      ['b', 1],
      ['c', 2],
    ])
    expect(taken({ entries: 4, bytes: 10 })).toEqual([
      ['a', 2],
      ['b', 1],
      ['c', 1],
    ])
    expect(taken({ entries: 10, bytes: 2 })).toEqual([['a', 2]])
    expect(taken({ entries: 10, bytes: 10 }, true)).toEqual([['a', 2]])
  })

  test('is a prefix of each channel, never empty while something waits, and within its bounds', () => {
    const channels = fc.array(fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 8 }), { maxLength: 8 })
    fc.assert(
      fc.property(
        channels,
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 200 }),
        (sizes, count, bytes) => {
          const all = sizes.map((each, i) => channel(`${i}`, ...each))
          const batch = takeBatch(all, { entries: count, bytes }, false)
          const entries = batch.flatMap((part) => part.entries)
          const waiting = all.filter(({ accepted }) => accepted.length > 0)
          expect(batch.map((part) => part.channel)).toEqual(waiting.slice(0, batch.length))
          for (const part of batch) {
            expect(part.entries).toEqual(part.channel.accepted.slice(0, part.entries.length))
          }
          expect(entries.length > 0).toBe(sizes.some((each) => each.length > 0))
          expect(entries.length).toBeLessThanOrEqual(count)
          const total = entries.reduce((sum, entry) => sum + entry.data.length, 0)
          if (entries.length > 1) expect(total).toBeLessThanOrEqual(bytes)
        },
      ),
    )
  })

  test('[R13] starts further from the one before the longer tellings take, within bounds', () => {
    const few = { entries: 1, sinceMs: 1000 }
    expect(distances()({ ...few, toldMs: 0 })).toBe(DISTANCE_MS.usual)
    expect(distances()({ ...few, toldMs: 1 })).toBe(DISTANCE_MS.usual - 1)
    expect(distances()({ ...few, toldMs: 4 })).toBe(10)
    expect(distances()({ ...few, toldMs: 10_000 })).toBe(DISTANCE_MS.longest)
  })

  test('[R13] one telling that something held up changes nothing, several do', () => {
    const distance = distances()
    const apart = [4, 4, 4, 50, 50, 50, 4, 4].map((toldMs) => distance({ entries: 1, sinceMs: 1000, toldMs }))
    expect(apart).toEqual([10, 10, 10, 10, 10, 100, 100, 100])
    expect(distance({ entries: 1, sinceMs: 1000, toldMs: 4 })).toBe(10)
  })

  test('[R13] starts sooner while entries come fast, and no longer when few come', () => {
    const distance = distances()
    const settled = (commits: number, told: { entries: number; sinceMs: number }) => {
      let ms = 0
      for (let nth = 0; nth < commits; nth++) ms = distance({ ...told, toldMs: 0 })
      return ms
    }
    expect(settled(200, { entries: 24, sinceMs: 6 })).toBeCloseTo(DISTANCE_MS.shortest, 2)
    expect(settled(200, { entries: 9, sinceMs: 3 })).toBeCloseTo(4, 2)
    expect(settled(200, { entries: 6, sinceMs: 6 })).toBe(DISTANCE_MS.usual)
    expect(settled(200, { entries: 24, sinceMs: 6 })).toBeCloseTo(DISTANCE_MS.shortest, 2)
    expect(settled(1, { entries: 1, sinceMs: 3_600_000 })).toBe(DISTANCE_MS.usual)
  })

  test('[R13] a commit that stored nothing says nothing of how fast entries come', () => {
    expect(distances()({ entries: 0, sinceMs: 1000, toldMs: 0 })).toBe(DISTANCE_MS.usual)
  })

  test('[R12] acknowledges its entries in order, on top of the head', () => {
    expect(acknowledged(7, ['a', 'b'])).toEqual([
      { seq: 8, entry: 'a' },
      { seq: 9, entry: 'b' },
    ])
  })
})

describe('[R20] [R33] a joiner', () => {
  const FAR = 31 + TAIL_RATHER_THAN_SNAPSHOT
  test.each([
    ['a newcomer, no snapshot', 0, null, 0, { snapshot: false, after: 0 }],
    ['a newcomer', 0, { seq: 40, bytes: 100 }, 0, { snapshot: true, after: 40 }],
    ['away for a while', 30, { seq: 40, bytes: 100 }, 0, { snapshot: false, after: 30 }],
    ['away since before a long tail', 30, { seq: FAR, bytes: 100 }, 0, { snapshot: true, after: FAR }],
    [
      'the same, but the snapshot is longer',
      30,
      { seq: FAR, bytes: 2 ** 20 },
      0,
      { snapshot: false, after: 30 },
    ],
    ['too long for any tail', 30, { seq: 2 ** 20, bytes: 2 ** 30 }, 0, { snapshot: true, after: 2 ** 20 }],
    ['further than the snapshot', 50, { seq: 40, bytes: 100 }, 0, { snapshot: false, after: 50 }],
    [
      'away since before the log was compacted',
      30,
      { seq: 40, bytes: 100 },
      35,
      { snapshot: true, after: 40 },
    ],
    ['since exactly then', 35, { seq: 40, bytes: 100 }, 35, { snapshot: false, after: 35 }],
  ])('%s', (_, since, snapshot, compacted, plan) => {
    expect(planJoin(since, snapshot, compacted)).toEqual(plan)
  })

  test('who holds more than the log starts anew', () => {
    expect(isAhead(8, 7)).toBe(true)
    expect(isAhead(7, 7)).toBe(false)
  })

  test('gets at least one entry and no more than fits', () => {
    const entry = (length: number) => ({ data: new Uint8Array(length) })
    expect(fitReply([entry(MAX_REPLY_BYTES * 2), entry(1)])).toHaveLength(1)
    expect(fitReply([entry(MAX_REPLY_BYTES - 1), entry(1), entry(1)])).toHaveLength(2)
    expect(fitReply([])).toHaveLength(0)
  })
})

describe('[R24] presence', () => {
  const person = (presence: string, client: number): Person => ({
    presence,
    userId: 'ana',
    name: 'Ana',
    organization: 'Japan',
    partnerIso2: 'JP',
    access: 'write',
    client,
    caret: null,
  })

  test('tells the latest state of each, once', () => {
    const presence = new Presence()
    presence.put(person('a', 1))
    presence.put(person('a', 2))
    presence.put(person('b', 3))
    expect(presence.take()).toEqual({ here: [person('a', 2), person('b', 3)], left: [] })
    expect(presence.take()).toBeNull()
    presence.put(person('a', 4))
    presence.remove('a')
    presence.remove('nobody')
    expect(presence.take()).toEqual({ here: [], left: ['a'] })
    expect(presence.people).toEqual([person('b', 3)])
  })

  test('windows grow with the time that telling takes, within bounds', () => {
    expect(nextWindow(0.1)).toBe(WINDOW_MS)
    expect(nextWindow(10)).toBe(200)
    expect(nextWindow(10_000)).toBe(LONGEST_WINDOW_MS)
  })

  test('windows grow with the distance of commits, and sooner: text goes first', () => {
    expect(windowBeside(DISTANCE_MS.usual, WINDOW_MS)).toBe(WINDOW_MS)
    expect(windowBeside(30, WINDOW_MS)).toBe(240)
    expect(windowBeside(30, 500)).toBe(500)
    expect(windowBeside(10_000, WINDOW_MS)).toBe(LONGEST_WINDOW_MS)
  })
})

describe('[R26] an allowance', () => {
  test('gives a burst, then its rate, and says how long to wait', () => {
    const allowance = new Allowance({ perSecond: 10, burst: 5 }, 0)
    for (let i = 0; i < 5; i++) expect(allowance.take(1, 0)).toBe(0)
    expect(allowance.take(1, 0)).toBe(100)
    expect(allowance.take(1, 99)).toBeGreaterThan(0)
    expect(allowance.take(1, 100)).toBe(0)
    expect(allowance.take(1, 100)).toBe(100)
  })

  test('passes more than a burst when it is full, and work that was refused is charged', () => {
    const allowance = new Allowance({ perSecond: 10, burst: 5 }, 0)
    expect(allowance.take(100, 0)).toBe(0)
    expect(allowance.take(1, 0)).toBe(100)
    allowance.charge(100, 0)
    expect(allowance.take(1, 0)).toBe(600)
  })

  test('a clock that goes back gives nothing and takes nothing', () => {
    const allowance = new Allowance({ perSecond: 10, burst: 1 }, 1000)
    expect(allowance.take(1, 1000)).toBe(0)
    expect(allowance.take(1, 0)).toBe(100)
    expect(allowance.take(1, 100)).toBe(0)
  })
})

describe('[R17] held entries', () => {
  const hold = (ref: number) => ({ ref, code: 'unavailable' as const, why: 'away' })

  test('wait for the lowest that was refused', () => {
    const held = new HeldEntries()
    held.refuse('w', hold(6))
    held.refuse('w', hold(5))
    held.refuse('w', hold(7))
    expect(held.before('w', 6)).toEqual(hold(5))
    expect(held.before('other', 6)).toBeNull()
    expect(held.before('w', 5)).toBeNull()
    held.take('w', 5)
    expect(held.before('w', 6)).toBeNull()
  })

  test('stay held when one from before it comes later', () => {
    const held = new HeldEntries()
    held.refuse('w', hold(5))
    expect(held.before('w', 4)).toBeNull()
    expect(held.before('w', 6)).toEqual(hold(5))
    expect(held.before('w', 5)).toBeNull()
    held.take('w', 5)
    expect(held.before('w', 6)).toBeNull()
  })

  test('are free when the writer is told that the log holds the refused one', () => {
    const held = new HeldEntries()
    held.refuse('w', hold(5))
    held.lift('w', 4)
    expect(held.before('w', 6)).toEqual(hold(5))
    held.lift('other', 9)
    expect(held.before('w', 6)).toEqual(hold(5))
    held.lift('w', 5)
    expect(held.before('w', 6)).toBeNull()
  })

  test('wait on for the next one that was refused with it', () => {
    const held = new HeldEntries()
    held.refuse('w', hold(5))
    expect(held.before('w', 6)).toEqual(hold(5))
    held.lift('w', 5)
    expect(held.before('w', 7)).toEqual(hold(6))
    expect(held.before('w', 6)).toBeNull()
    held.take('w', 6)
    expect(held.before('w', 7)).toBeNull()
  })

  test('know a copy of what was taken from what has to come again', () => {
    const held = new HeldEntries()
    for (const ref of [1, 2, 3, 4]) held.take('w', ref)
    expect([3, 4, 5].map((ref) => held.hasTaken('w', ref))).toEqual([true, true, false])
    held.refuse('w', hold(3))
    expect([2, 3, 4].map((ref) => held.hasTaken('w', ref))).toEqual([true, false, false])
    held.take('w', 3)
    expect([3, 4].map((ref) => held.hasTaken('w', ref))).toEqual([true, false])
    expect(held.hasTaken('other', 1)).toBe(false)
    // What the log holds was taken, by whichever way it came there.
    held.refuse('w', hold(4))
    held.lift('w', 4)
    expect(held.hasTaken('w', 4)).toBe(true)
  })

  test('are those of few writers; one for whom something waits is forgotten last', () => {
    const held = new HeldEntries()
    held.refuse('first', hold(5))
    for (let i = 0; i < 100; i++) held.take(`writer-${i}`, 1)
    expect(held.before('first', 6)).toEqual(hold(5))
    expect(held.hasTaken('writer-0', 1)).toBe(false)
    for (let i = 0; i < 100; i++) held.refuse(`held-${i}`, hold(5))
    expect(held.before('first', 6)).toBeNull()
    expect(held.before('held-99', 6)).toEqual(hold(5))
  })
})
