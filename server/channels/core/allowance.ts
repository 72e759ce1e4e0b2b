/** A rate with a burst: a bucket that fills at `perSecond` and holds `burst`. Time is given in milliseconds. */
export class Allowance {
  #left: number
  #at: number
  readonly #perSecond: number
  readonly #burst: number

  constructor(limits: { perSecond: number; burst: number }, now: number) {
    this.#perSecond = limits.perSecond
    this.#burst = limits.burst
    this.#left = limits.burst
    this.#at = now
  }

  /** Takes `amount` if there is so much, and gives 0; otherwise takes nothing and gives the ms until there is. */
  take(amount: number, now: number): number {
    this.#fill(now)
    // More than a burst is never there at once: it passes when the bucket is full, and empties it.
    const wanted = Math.min(amount, this.#burst)
    if (this.#left >= wanted) {
      this.#left -= wanted
      return 0
    }
    return Math.ceil(((wanted - this.#left) / this.#perSecond) * 1000)
  }

  /** Takes `amount` whether it is there or not: the price of work that was already done. */
  charge(amount: number, now: number): void {
    this.#fill(now)
    this.#left = Math.max(-this.#burst, this.#left - amount)
  }

  #fill(now: number): void {
    const elapsed = Math.max(0, now - this.#at)
    this.#at = now
    this.#left = Math.min(this.#burst, this.#left + (elapsed * this.#perSecond) / 1000)
  }
}
