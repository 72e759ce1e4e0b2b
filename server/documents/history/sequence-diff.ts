/** What differs between two sequences: Myers' greedy algorithm over keys. Pure. */

export type Step<T> = { is: 'same'; before: T; after: T } | { is: 'del'; before: T } | { is: 'ins'; after: T }

/** Beyond so many differences two sequences have little in common: all of one goes, all of the other comes. */
const MOST_DIFFERENCES = 1500

/** The fewest removals and additions that make `after` of `before`; removals stand before additions. */
export function diffSequence<T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (item: T) => string,
): Step<T>[] {
  const a = before.map(keyOf)
  const b = after.map(keyOf)
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let tail = 0
  while (tail < a.length - start && tail < b.length - start && a.at(-1 - tail) === b.at(-1 - tail)) tail++
  const kept = keptPairs(a.slice(start, a.length - tail), b.slice(start, b.length - tail))
  const pairs: [number, number][] = [
    ...Array.from({ length: start }, (_, i): [number, number] => [i, i]),
    ...kept.map(([x, y]): [number, number] => [x + start, y + start]),
    ...Array.from({ length: tail }, (_, i): [number, number] => [a.length - tail + i, b.length - tail + i]),
    [a.length, b.length],
  ]
  const steps: Step<T>[] = []
  let [x, y] = [0, 0]
  for (const [toX, toY] of pairs) {
    for (const item of before.slice(x, toX)) steps.push({ is: 'del', before: item })
    for (const item of after.slice(y, toY)) steps.push({ is: 'ins', after: item })
    const [old, fresh] = [before[toX], after[toY]]
    if (old !== undefined && fresh !== undefined) steps.push({ is: 'same', before: old, after: fresh })
    x = toX + 1
    y = toY + 1
  }
  return steps
}

type Gap<T> = { same: T } | { went: T[]; came: T[] }

/** Steps with each stretch of removals and additions as one. */
export function gaps<T>(steps: readonly Step<T>[]): Gap<T>[] {
  const found: Gap<T>[] = []
  for (const step of steps) {
    if (step.is === 'same') {
      found.push({ same: step.after })
      continue
    }
    let last = found.at(-1)
    if (!last || 'same' in last) {
      last = { went: [], came: [] }
      found.push(last)
    }
    if (step.is === 'del') last.went.push(step.before)
    else last.came.push(step.after)
  }
  return found
}

/** Indexes of what both have in one order; nothing when they differ too much to be compared. */
function keptPairs(a: readonly string[], b: readonly string[]): [number, number][] {
  const most = Math.min(a.length + b.length, MOST_DIFFERENCES)
  /** Furthest x on diagonal k, at `k + most + 1`. */
  const furthest = new Int32Array(2 * most + 3)
  const trace: Int32Array[] = []
  for (let d = 0; d <= most; d++) {
    trace.push(furthest.slice(most + 1 - d - 1, most + 1 + d + 2))
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && at(furthest, k - 1 + most + 1) < at(furthest, k + 1 + most + 1))
      let x = down ? at(furthest, k + 1 + most + 1) : at(furthest, k - 1 + most + 1) + 1
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++
      furthest[k + most + 1] = x
      if (x >= a.length && x - k >= b.length) return walkBack(trace, a, b)
    }
  }
  return []
}

/** Goes from the end to the start along the way that was found, and notes what was kept. */
function walkBack(trace: readonly Int32Array[], a: readonly string[], b: readonly string[]) {
  const kept: [number, number][] = []
  let [x, y] = [a.length, b.length]
  for (let d = trace.length - 1; d >= 0; d--) {
    const row = trace[d] ?? new Int32Array()
    // Row d holds the diagonals −d − 1 … d + 1.
    const of = (k: number) => at(row, k + d + 1)
    const k = x - y
    const down = k === -d || (k !== d && of(k - 1) < of(k + 1))
    const from = down ? k + 1 : k - 1
    const fromX = d === 0 ? 0 : of(from)
    const fromY = d === 0 ? 0 : fromX - from
    const [floorX, floorY] = d === 0 ? [0, 0] : down ? [fromX, fromY + 1] : [fromX + 1, fromY]
    while (x > floorX && y > floorY) {
      x--
      y--
      kept.push([x, y])
    }
    x = fromX
    y = fromY
  }
  return kept.reverse()
}

const at = (row: Int32Array, index: number): number => row[index] ?? 0
