import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ChainEnd, EMPTY_CHAIN, firstBroken, hashOf, type LinkedEntry, plain } from './chain'

function chainOf(contents: readonly unknown[]): LinkedEntry[] {
  const entries: LinkedEntry[] = []
  let end: ChainEnd = EMPTY_CHAIN
  for (const after of contents) {
    const entry = {
      id: end.id + 1,
      at: new Date(Date.UTC(2026, 10, 24, 0, 0, end.id)),
      userId: 'u',
      organizationId: 'o',
      from: '192.0.2.1',
      act: 'member.role',
      objectKind: 'user',
      objectId: 'u2',
      before: null,
      after: plain(after),
      previousHash: end.hash,
    }
    const linked = { ...entry, hash: hashOf(entry) }
    entries.push(linked)
    end = linked
  }
  return entries
}

describe('the chain', () => {
  test('an untouched one fits, whole and in parts', () => {
    const entries = chainOf([{ role: 'head' }, 'text', null, [1, 2]])
    expect(firstBroken(EMPTY_CHAIN, entries)).toBeNull()
    const second = entries[1]
    if (!second) throw new Error('four entries were made')
    expect(firstBroken(second, entries.slice(2))).toBeNull()
  })

  test('whatever is altered, removed, added or swapped is named', () => {
    const contents = fc.array(fc.jsonValue({ maxDepth: 2 }), { minLength: 3, maxLength: 8 })
    fc.assert(
      fc.property(
        contents,
        fc.nat(),
        fc.constantFrom('alter', 'remove', 'swap', 'backdate'),
        (made, at, how) => {
          const entries = chainOf(made)
          const index = at % (entries.length - 1)
          const entry = entries[index]
          const next = entries[index + 1]
          if (!entry || !next) throw new Error('index lies within')
          if (how === 'alter') entries[index] = { ...entry, after: { not: 'what was written' } }
          if (how === 'backdate') entries[index] = { ...entry, at: new Date(0) }
          if (how === 'remove') entries.splice(index, 1)
          if (how === 'swap') entries.splice(index, 2, next, entry)
          const found = firstBroken(EMPTY_CHAIN, entries)
          expect(found).toBe(how === 'remove' || how === 'swap' ? next.id : entry.id)
        },
      ),
    )
  })

  test('an altered entry whose own hash was made anew breaks the one after it', () => {
    const entries = chainOf(['a', 'b', 'c'])
    const [, second] = entries
    if (!second) throw new Error('three entries were made')
    const forged = { ...second, after: 'x' }
    entries[1] = { ...forged, hash: hashOf(forged) }
    expect(firstBroken(EMPTY_CHAIN, entries)).toBe(3)
  })

  test('the order of keys, and what JSON cannot say, make no difference', () => {
    const [one] = chainOf([{ a: 1, b: { c: 2, d: undefined } }])
    const [two] = chainOf([{ b: { c: 2 }, a: 1 }])
    expect(one?.hash).toBe(two?.hash)
  })

  test('text that PostgreSQL would refuse is made storable', () => {
    expect(plain({ name: 'a\0b\ud800' })).toEqual({ name: 'a\uFFFDb\uFFFD' })
  })
})
