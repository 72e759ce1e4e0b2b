import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { diffSequence } from './sequence-diff'

const diff = (before: string, after: string) => diffSequence([...before], [...after], (letter) => letter)
const inShort = (before: string, after: string) =>
  diff(before, after)
    .map((step) =>
      step.is === 'same' ? step.after : step.is === 'del' ? `-${step.before}` : `+${step.after}`,
    )
    .join('')

describe('what differs between two sequences', () => {
  test.each([
    ['', '', ''],
    ['abc', 'abc', 'abc'],
    ['', 'ab', '+a+b'],
    ['ab', '', '-a-b'],
    ['abc', 'axc', 'a-b+xc'],
  ])('%s → %s', (before, after, steps) => expect(inShort(before, after)).toBe(steps))

  test('its removals make the one of the other, its additions the other of the one', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 40 })
    fc.assert(
      fc.property(letters, letters, (before, after) => {
        const steps = diff(before, after)
        expect(steps.map((step) => (step.is === 'ins' ? '' : step.before)).join('')).toBe(before)
        expect(steps.map((step) => (step.is === 'del' ? '' : step.after)).join('')).toBe(after)
        const kept = steps.filter((step) => step.is === 'same').length
        expect(kept).toBe(longestCommon(before, after))
      }),
    )
  })

  test('sequences with nothing in common are told apart in time', () => {
    const started = performance.now()
    const steps = diffSequence(
      Array.from({ length: 50_000 }, (_, i) => `a${i}`),
      Array.from({ length: 50_000 }, (_, i) => `b${i}`),
      (item) => item,
    )
    expect(steps).toHaveLength(100_000)
    expect(performance.now() - started).toBeLessThan(3000)
  })
})

function longestCommon(a: string, b: string): number {
  let row = new Array<number>(b.length + 1).fill(0)
  for (const letter of a) {
    const next = [0]
    for (let j = 1; j <= b.length; j++) {
      next.push(letter === b[j - 1] ? (row[j - 1] ?? 0) + 1 : Math.max(row[j] ?? 0, next[j - 1] ?? 0))
    }
    row = next
  }
  return row[b.length] ?? 0
}
