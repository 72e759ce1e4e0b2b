import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Database } from '../../db/connection'
import { shared } from './shared'
import { Turns } from './turns'

const tick = () => new Promise((resolve) => setImmediate(resolve))
/** Small numbers may be done together; negative ones are refused; 99 breaks what it is done with. */
const small = (n: number) => n < 10

/** Turns over numbers; `done`: what was done together, in order. */
function turnsOf(work = 1) {
  const done: number[][] = []
  let running = 0
  const turns = new Turns<number, number>(
    async (_id, together) => {
      expect(++running).toBe(1)
      done.push([...together])
      for (let nth = 0; nth < work; nth++) await tick()
      running--
      if (together.includes(99)) throw new Error('broken')
      return together.map((n) =>
        n < 0 ? { status: 'rejected', reason: new Error(`${n}`) } : { status: 'fulfilled', value: n * 2 },
      )
    },
    (together, next) => together.length < 4 && [...together, next].every(small),
  )
  return { turns, done }
}

test('the first goes at once; what waits and may be together is done in one turn, in the order in which it came', async () => {
  const { turns, done } = turnsOf()
  const ends = await Promise.all([1, 2, 3, 50, 4, 5, 6, 7, 8].map((n) => turns.take('one', n)))
  expect(ends).toEqual([2, 4, 6, 100, 8, 10, 12, 14, 16])
  expect(done).toEqual([[1], [2, 3], [50], [4, 5, 6, 7], [8]])
})

test('whatever is asked when: each gets its own end, nothing is done twice, the order holds, and nothing hangs', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom(-1, 1, 2, 3, 50, 99), fc.nat(2)), { maxLength: 30 }),
      fc.nat(2),
      async (asked, work) => {
        const { turns, done } = turnsOf(work)
        const ends: Promise<PromiseSettledResult<number>>[] = []
        for (const [n, wait] of asked) {
          ends.push(Promise.allSettled([turns.take('one', n)]).then(([end]) => end))
          for (let nth = 0; nth < wait; nth++) await tick()
        }
        for (const [nth, end] of (await Promise.all(ends)).entries()) {
          const n = asked[nth]?.[0] ?? 0
          if (n === 99 || n < 0) expect(end.status).toBe('rejected')
          else expect(end).toEqual({ status: 'fulfilled', value: n * 2 })
        }
        expect(done.flat()).toEqual(asked.map(([n]) => n))
        expect(done.every((together) => together.length === 1 || together.every(small))).toBe(true)
      },
    ),
    { numRuns: 60 },
  )
})

test('two sessions do not wait for one another', async () => {
  const begun: string[] = []
  const turns = new Turns<null, null>(
    async (id) => {
      begun.push(id)
      while (begun.length < 2) await tick()
      return [{ status: 'fulfilled', value: null }]
    },
    () => true,
  )
  await Promise.all([turns.take('one', null), turns.take('two', null)])
  expect(begun).toEqual(['one', 'two'])
})

test('who asks while something is read gets what is read after they asked, once for all of them', async () => {
  const db = {} as Database
  let reads = 0
  const free: (() => void)[] = []
  const ask = shared(async () => {
    const mine = ++reads
    await new Promise<void>((resolve) => free.push(resolve))
    if (mine === 1) throw new Error('away')
    return mine
  })
  const first = ask(db, 'a').catch(() => 'away')
  const others = [ask(db, 'a'), ask(db, 'a')]
  expect(reads).toBe(1)
  free.shift()?.()
  expect(await first).toBe('away')
  await tick()
  expect(reads).toBe(2)
  const late = ask(db, 'a')
  free.shift()?.()
  expect(await Promise.all(others)).toEqual([2, 2])
  await tick()
  free.shift()?.()
  expect(await late).toBe(3)
  void ask(db, 'a')
  expect(reads).toBe(4)
})
