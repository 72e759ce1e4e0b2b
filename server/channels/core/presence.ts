/** Who is here and where their caret is: the latest state of each, told once a window, in one frame for all. */
import type { Person } from '../../../app/domain/channel-protocol'

/** Between two frames, at least. */
export const WINDOW_MS = 50
export const LONGEST_WINDOW_MS = 2000
/** Telling may take this share of the time; the window grows until it does. */
const SHARE = 1 / 20

export class Presence {
  readonly #people = new Map<string, Person>()
  readonly #changed = new Set<string>()
  readonly #left = new Set<string>()

  get people(): Person[] {
    return [...this.#people.values()]
  }

  get(presence: string): Person | undefined {
    return this.#people.get(presence)
  }

  put(person: Person): void {
    this.#people.set(person.presence, person)
    this.#changed.add(person.presence)
  }

  remove(presence: string): void {
    if (!this.#people.delete(presence)) return
    this.#changed.delete(presence)
    this.#left.add(presence)
  }

  /** What changed since the last time; null when nothing did. */
  take(): { here: Person[]; left: string[] } | null {
    if (this.#changed.size === 0 && this.#left.size === 0) return null
    const here = [...this.#changed].flatMap((presence) => this.#people.get(presence) ?? [])
    const left = [...this.#left]
    this.#changed.clear()
    this.#left.clear()
    return { here, left }
  }
}

/** The next window, when telling the last one took so long: carets slow down before text does. */
export const nextWindow = (tookMs: number): number =>
  Math.min(LONGEST_WINDOW_MS, Math.max(WINDOW_MS, tookMs / SHARE))

/** Commits under load move apart, and carets eight times as far. */
const COMMITS = 8

/** A window while commits are so far apart. */
export const windowBeside = (commitDistanceMs: number, window: number): number =>
  Math.min(LONGEST_WINDOW_MS, Math.max(window, COMMITS * commitDistanceMs))
