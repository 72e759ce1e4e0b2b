/** A value that changes and tells who listens: what React's `useSyncExternalStore` reads. */
export interface Readable<T> {
  /** The same object until it changes. */
  get(): T
  /** Calls `listener` after each change; gives what ends it. */
  subscribe(listener: () => void): () => void
}

export class Cell<T> implements Readable<T> {
  #value: T
  readonly #same: (a: T, b: T) => boolean
  readonly #listeners = new Set<() => void>()

  constructor(value: T, same: (a: T, b: T) => boolean = Object.is) {
    this.#value = value
    this.#same = same
  }

  get = (): T => this.#value

  set(value: T): void {
    if (this.#same(this.#value, value)) return
    this.#value = value
    for (const listener of [...this.#listeners]) listener()
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
