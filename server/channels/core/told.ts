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

  add(seq: number): void {
    if (seq > this.#upTo) this.#ahead.add(seq)
    while (this.#ahead.delete(this.#upTo + 1)) this.#upTo++
  }
}
