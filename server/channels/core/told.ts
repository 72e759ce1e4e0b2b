/** What the people of a channel on this node were told: every entry up to `upTo`, and some that overtook others. */
export class Told {
  #upTo: number
  readonly #ahead = new Set<number>()

  constructor(upTo: number) {
    this.#upTo = upTo
  }

  get upTo(): number {
    return this.#upTo
  }

  has(seq: number): boolean {
    return seq <= this.#upTo || this.#ahead.has(seq)
  }

  /** Everything up to `seq` need not be told any more. */
  reach(seq: number): void {
    for (const ahead of this.#ahead) if (ahead <= seq) this.#ahead.delete(ahead)
    this.#upTo = Math.max(this.#upTo, seq)
    while (this.#ahead.delete(this.#upTo + 1)) this.#upTo++
  }

  add(seq: number): void {
    if (seq > this.#upTo) this.#ahead.add(seq)
    while (this.#ahead.delete(this.#upTo + 1)) this.#upTo++
  }
}
