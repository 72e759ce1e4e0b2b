/**
 * Whose each character of a document is. A character's Yjs id (client, clock) lies in exactly one entry of the log,
 * and an entry stands under the account whose session sent it: nothing here is taken from what a browser says of itself.
 */

export type Whose = {
  /** The sitting in which it was written. */
  by: number
  /** The one in which it was put where it stands. */
  movedBy?: number
  /** The clock at which this answer ends. */
  end: number
}

type Span = { start: number; end: number; by: number; movedBy?: number }

export class Authorship {
  readonly #written = new Map<number, Span[]>()
  /** Characters that were only moved: they stay with who wrote them. */
  readonly #moved = new Map<number, Span[]>()

  /** A client's clocks come in order, without holes. */
  write(client: number, start: number, end: number, by: number): void {
    push(this.#written, client, { start, end, by })
  }

  /** Told in the order of the clocks, after they were written. */
  move(client: number, start: number, end: number, by: number, movedBy: number | undefined): void {
    push(this.#moved, client, { start, end, by, ...(movedBy === undefined ? {} : { movedBy }) })
  }

  of(client: number, clock: number): Whose {
    const moved = find(this.#moved.get(client), clock)
    if (moved && moved.start <= clock) return moved
    const written = find(this.#written.get(client), clock)
    if (!written || written.start > clock) throw new Error('a character is in no entry of the log')
    return { by: written.by, end: Math.min(written.end, moved?.start ?? written.end) }
  }
}

function push(spans: Map<number, Span[]>, client: number, span: Span): void {
  const list = spans.get(client)
  const last = list?.at(-1)
  if (last && last.end === span.start && last.by === span.by && last.movedBy === span.movedBy)
    last.end = span.end
  else if (list) list.push(span)
  else spans.set(client, [span])
}

/** The first span that ends after the clock. */
function find(spans: readonly Span[] | undefined, clock: number): Span | undefined {
  if (!spans) return undefined
  let [low, high] = [0, spans.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((spans[middle]?.end ?? 0) > clock) high = middle
    else low = middle + 1
  }
  return spans[low]
}
