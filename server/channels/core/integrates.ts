/**
 * Whether an update integrates completely on top of given clocks. What does not would wait in the memory of every
 * peer for something that may never come.
 */
import type { Need, UpdateShape } from './read-update'

export type Missing = { client: number; clock: number }

/**
 * Gives null, or the first client and clock that the update builds on or deletes and that neither the log nor the
 * update itself holds before it. Linear in the update: each need is looked at once.
 */
export function integrates(shape: UpdateShape, clockOf: (client: number) => number): Missing | null {
  const { ranges, needs, deletes } = shape
  const missing = needs.length > 0 ? missingNeed(shape, clockOf) : null
  if (missing || deletes.length === 0) return missing
  const added = new Map(ranges.map((range) => [range.client, range.end]))
  for (const { client, end } of deletes) {
    if (end > (added.get(client) ?? clockOf(client))) return { client, clock: end - 1 }
  }
  return null
}

function missingNeed({ ranges, needs }: UpdateShape, clockOf: (client: number) => number): Missing | null {
  if (ranges.length === 1) {
    const need = needs.find((need) => need.on >= clockOf(need.client))
    return need ? { client: need.client, clock: need.on } : null
  }
  return new Walk(ranges, needs, clockOf).run()
}

/** Integrates ranges as a peer would: where a struct needs one of another range, that range goes on first. */
class Walk {
  readonly #ranges: UpdateShape['ranges']
  readonly #byClient: ReadonlyMap<number, number>
  readonly #clockOf: (client: number) => number
  /** For each range: its needs, and how many of them are met. */
  readonly #needs: Need[][]
  readonly #met: number[]

  constructor(ranges: UpdateShape['ranges'], needs: readonly Need[], clockOf: (client: number) => number) {
    this.#ranges = ranges
    this.#clockOf = clockOf
    this.#byClient = new Map(ranges.map((range, i) => [range.client, i]))
    this.#needs = ranges.map(() => [])
    this.#met = ranges.map(() => 0)
    for (const need of needs) this.#needs[need.range]?.push(need)
  }

  run(): Missing | null {
    for (let i = 0; i < this.#ranges.length; i++) {
      const missing = this.#advance(i)
      if (missing) return missing
    }
    return null
  }

  /** Integrates a range to its end, with what it needs of the others. */
  #advance(first: number): Missing | null {
    const stack = [{ range: first, until: Number.POSITIVE_INFINITY }]
    const onStack = new Set([first])
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const need = this.#nextNeed(top.range)
      if (!need || need.clock > top.until) {
        onStack.delete(top.range)
        stack.pop()
      } else if (need.on < this.#reached(need.client)) {
        this.#met[top.range] = (this.#met[top.range] ?? 0) + 1
      } else {
        const other = this.#byClient.get(need.client)
        const end = other === undefined ? 0 : (this.#ranges[other]?.end ?? 0)
        if (other === undefined || need.on >= end || onStack.has(other)) {
          return { client: need.client, clock: need.on }
        }
        stack.push({ range: other, until: need.on })
        onStack.add(other)
      }
    }
    return null
  }

  #nextNeed(range: number): Need | undefined {
    return this.#needs[range]?.[this.#met[range] ?? 0]
  }

  /** The clock before which everything of a client is there. */
  #reached(client: number): number {
    const range = this.#byClient.get(client)
    if (range === undefined) return this.#clockOf(client)
    return this.#nextNeed(range)?.clock ?? this.#ranges[range]?.end ?? 0
  }
}
