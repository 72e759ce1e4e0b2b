/** In which order a text's threads stand, and which of their passages were deleted. */
import { Cell, type Readable } from '../../collab/cell'
import type { CommentThread } from '../../domain/comment'
import type { Spans } from './highlight'

export type Order = { ids: readonly string[]; gone: ReadonlySet<string> }

export class Places {
  readonly #sections: readonly string[]
  readonly #spans = new Map<string, Spans>()
  /** The same object as long as neither the order nor what is gone changes, however much is typed. */
  readonly #order = new Cell<Order>({ ids: [], gone: new Set() }, sameOrder)

  constructor(sections: readonly string[]) {
    this.#sections = sections
  }

  get order(): Readable<Order> {
    return this.#order
  }

  set(fragment: string, spans: Spans): void {
    this.#spans.set(fragment, spans)
    const placed = this.#sections.flatMap((section) =>
      [...(this.#spans.get(section) ?? [])]
        .map(([id, span]) => ({ id, from: span?.from ?? Number.POSITIVE_INFINITY }))
        .sort((a, b) => a.from - b.from),
    )
    const gone = placed.filter(({ from }) => from === Number.POSITIVE_INFINITY)
    this.#order.set({ ids: placed.map(({ id }) => id), gone: new Set(gone.map(({ id }) => id)) })
  }

  /** In the order of the text: by section, what is about all of it first; the older of two at one place first. */
  inOrder(threads: readonly CommentThread[]): CommentThread[] {
    const { ids } = this.#order.get()
    const rank = (thread: CommentThread): [number, number] => {
      const isWhole = thread.passage.ranges.length === 0
      return [this.#sections.indexOf(thread.passage.fragment), isWhole ? -1 : ids.indexOf(thread.id)]
    }
    return threads
      .map((thread) => ({ thread, rank: rank(thread) }))
      .sort((a, b) => a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1])
      .map(({ thread }) => thread)
  }
}

const sameOrder = (a: Order, b: Order): boolean =>
  a.ids.length === b.ids.length &&
  a.gone.size === b.gone.size &&
  a.ids.every((id, index) => id === b.ids[index]) &&
  [...a.gone].every((id) => b.gone.has(id))
