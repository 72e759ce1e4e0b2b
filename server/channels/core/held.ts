/**
 * After a refusal that may be sent again, a writer's later entries are refused alike until the refused one is back:
 * they may build on it, and would otherwise be taken for gaps.
 */
import type { Refusal } from '../../../app/domain/channel-protocol'

export type Hold = { ref: number; code: Refusal; why: string }

/**
 * `taken`: up to which ref its entries were taken. `hold`: the lowest ref that has to come again, and `highest`, that was
 * refused with it.
 */
type Held = { taken: number; hold: Hold | null; highest: number }

const MAX_WRITERS = 64

export class HeldEntries {
  readonly #writers = new Map<string, Held>()

  /** Notes that `ref` of a writer was refused for now. */
  refuse(writer: string, hold: Hold): void {
    const held = this.#of(writer)
    held.highest = held.hold ? Math.max(held.highest, hold.ref) : hold.ref
    if (!held.hold || hold.ref < held.hold.ref) held.hold = hold
    held.taken = Math.min(held.taken, hold.ref - 1)
  }

  /** The hold that stands before this entry; null when it may be judged. */
  before(writer: string, ref: number): Hold | null {
    const held = this.#writers.get(writer)
    if (!held?.hold || ref <= held.hold.ref) return null
    held.highest = Math.max(held.highest, ref)
    return held.hold
  }

  /**
   * An entry that nothing stood before was taken. Only the refused one lifts its hold: one from before it may still be on
   * its way, as while it is asked whether its sender may write.
   */
  take(writer: string, ref: number): void {
    const held = this.#of(writer)
    if (held.hold?.ref === ref) held.hold = null
    held.taken = Math.max(held.taken, ref)
  }

  /** Whether it was taken before, and what became of it is told: it does not come again. */
  hasTaken(writer: string, ref: number): boolean {
    return ref <= (this.#writers.get(writer)?.taken ?? 0)
  }

  /**
   * The log holds everything of the writer up to `ref`, and the writer knows: that need not come back. What was refused
   * after it still has to.
   */
  lift(writer: string, ref: number): void {
    const held = this.#writers.get(writer)
    if (!held) return
    held.taken = Math.max(held.taken, ref)
    if (!held.hold || held.hold.ref > ref) return
    held.hold = held.highest <= ref ? null : { ...held.hold, ref: ref + 1 }
  }

  #of(writer: string): Held {
    const known = this.#writers.get(writer)
    if (known) return known
    if (this.#writers.size >= MAX_WRITERS) this.#forgetOne()
    const held = { taken: 0, hold: null, highest: 0 }
    this.#writers.set(writer, held)
    return held
  }

  /** The longest known for which nothing waits; the longest known where something waits for all. */
  #forgetOne(): void {
    const writers = [...this.#writers]
    const [writer] = writers.find(([, { hold }]) => !hold) ?? writers[0] ?? []
    if (writer !== undefined) this.#writers.delete(writer)
  }
}
