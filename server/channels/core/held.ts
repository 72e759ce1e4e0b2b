/**
 * After a refusal that may be sent again, a writer's later entries are refused alike until the refused one is back:
 * they may build on it, and would otherwise be taken for gaps.
 */
import type { Refusal } from '../../../app/domain/channel-protocol'

export type Hold = { ref: number; code: Refusal; why: string }

const MAX_WRITERS = 64

export class Held {
  readonly #holds = new Map<string, Hold>()

  /** Notes that `ref` of a writer was refused for now. */
  refuse(writer: string, hold: Hold): void {
    const held = this.#holds.get(writer)
    if (!held || hold.ref < held.ref) this.#holds.set(writer, hold)
    if (this.#holds.size > MAX_WRITERS) this.#forgetOne()
  }

  /** The hold that stands before this entry; null when it may be judged. The refused entry itself lifts it. */
  before(writer: string, ref: number): Hold | null {
    const held = this.#holds.get(writer)
    if (!held) return null
    if (ref > held.ref) return held
    this.#holds.delete(writer)
    return null
  }

  /** The log holds everything of the writer up to `ref`, and the writer knows: what was refused need not come back. */
  lift(writer: string, ref: number): void {
    const held = this.#holds.get(writer)
    if (held && held.ref <= ref) this.#holds.delete(writer)
  }

  #forgetOne(): void {
    for (const writer of this.#holds.keys()) {
      this.#holds.delete(writer)
      return
    }
  }
}
