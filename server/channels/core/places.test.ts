import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodePlaces, type Key, placeOf } from './places'

test('[R7] [R33] every key of merged entries keeps its seq, in however many pieces they were merged', () => {
  const order = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 60 })
  const steps = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 60, maxLength: 60 })
  fc.assert(
    fc.property(order, steps, fc.array(fc.nat(60), { maxLength: 3 }), (refs, gaps, cuts) => {
      const seqOf = (nth: number) => gaps.slice(0, nth + 1).reduce((sum, gap) => sum + gap, 0)
      const keys = refs.map((ref, i): Key => ({ ref, seq: seqOf(i) }))
      const ends = [...new Set([...cuts, keys.length])].sort((a, b) => a - b)
      const pieces = ends.map((end, i) => encodePlaces(keys.slice(ends[i - 1] ?? 0, end)))
      const places = Buffer.concat(pieces)
      for (let ref = 0; ref <= 61; ref++) {
        expect(placeOf(places, ref)).toBe(keys.find((key) => key.ref === ref)?.seq ?? null)
      }
    }),
  )
})

test('what was typed in one go takes a few bytes', () => {
  const keys = Array.from({ length: 100_000 }, (_, i) => ({ ref: i + 1, seq: i + 1 }))
  expect(encodePlaces(keys).length).toBeLessThan(8)
})
