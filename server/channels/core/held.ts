/**
 * After a refusal that may be sent again, a writer's later entries are refused alike until the refused one is back:
 * they may build on it, and would otherwise be taken for gaps.
 */
import type { Refusal } from '../../../app/domain/channel-protocol'

export type Hold = { ref: number; code: Refusal; why: string }

const MAX_WRITERS = 64

export class Held {
  /** By writer: the lowest ref that has to come again, and the highest that was refused with it. */
  readonly #holds = new Map<string, { hold: Hold; highest: number }>()

  /** Notes that `ref` of a writer was refused for now. */
  refuse(writer: string, hold: Hold): void {
    const held = this.#holds.get(writer)
    const highest = Math.max(held?.highest ?? 0, hold.ref)
    this.#holds.set(writer, { hold: held && held.hold.ref <= hold.ref ? held.hold : hold, highest })
    if (this.#holds.size > MAX_WRITERS) this.#forgetOne()
  }

  /**
   * The hold that stands before this entry; null when it may be judged. Only the refused entry itself lifts it: one from
   * before it may still be on its way, as while it is asked whether its sender may write.
   */
  before(writer: string, ref: number): Hold | null {
    const held = this.#holds.get(writer)
    if (!held) return null
    if (ref > held.hold.ref) {
      held.highest = Math.max(held.highest, ref)
      return held.hold
    }
    if (ref === held.hold.ref) this.#holds.delete(writer)
    return null
  }

  /**
   * The log holds everything of the writer up to `ref`, and the writer knows: that need not come back. What was refused
   * after it still has to.
   */
  lift(writer: string, ref: number): void {
    const held = this.#holds.get(writer)
    if (!held || held.hold.ref > ref) return
    if (held.highest <= ref) this.#holds.delete(writer)
    else held.hold = { ...held.hold, ref: ref + 1 }
  }

  #forgetOne(): void {
    for (const writer of this.#holds.keys()) {
      this.#holds.delete(writer)
      return
    }
  }
}
