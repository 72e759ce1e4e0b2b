/** Which entries of a log are here: everything up to `upTo`, and some ahead of a hole. */
export class Seqs {
  #upTo = 0
  readonly #ahead = new Set<number>()

  /** The highest seq up to which nothing is missing. */
  get upTo(): number {
    return this.#upTo
  }

  /** Whether later entries are here while one before them is not. */
  get hasHole(): boolean {
    return this.#ahead.size > 0
  }

  /** Notes an entry; false when it was here already. */
  add(seq: number): boolean {
    if (seq <= this.#upTo || this.#ahead.has(seq)) return false
    this.#ahead.add(seq)
    this.#close()
    return true
  }

  /** Notes a state that holds everything up to `seq`. */
  reach(seq: number): void {
    if (seq <= this.#upTo) return
    this.#upTo = seq
    for (const ahead of this.#ahead) if (ahead <= seq) this.#ahead.delete(ahead)
    this.#close()
  }

  #close(): void {
    while (this.#ahead.delete(this.#upTo + 1)) this.#upTo++
  }
}
