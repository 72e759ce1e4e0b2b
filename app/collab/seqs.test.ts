import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Seqs } from './seqs'

describe('seqs', () => {
  it('reach only up to where nothing is missing', () => {
    const seqs = new Seqs()
    expect([seqs.add(1), seqs.add(3), seqs.add(3), seqs.add(1)]).toEqual([true, true, false, false])
    expect([seqs.upTo, seqs.hasHole]).toEqual([1, true])
    seqs.add(2)
    expect([seqs.upTo, seqs.hasHole]).toEqual([3, false])
  })

  it('follow a snapshot, and never go back', () => {
    const seqs = new Seqs()
    for (const seq of [5, 12, 8]) seqs.add(seq)
    seqs.reach(10)
    expect([seqs.upTo, seqs.hasHole]).toEqual([10, true])
    seqs.reach(4)
    seqs.add(11)
    expect([seqs.upTo, seqs.hasHole]).toEqual([12, false])
  })

  it('come out the same in any order, with repetitions', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 })), (order) => {
        const seqs = new Seqs()
        const fresh = order.filter((seq) => seqs.add(seq))
        const all = new Set(order)
        let upTo = 0
        while (all.has(upTo + 1)) upTo++
        expect(fresh).toHaveLength(all.size)
        expect(seqs.upTo).toBe(upTo)
        expect(seqs.hasHole).toBe(all.size > upTo)
      }),
    )
  })
})
