/**
 * When which document is projected. Changes within a short while are read together; one document is never read twice
 * at a time, a few different ones are; one that fails waits longer each time and then comes again.
 */

/** How long changes gather: long enough to read a burst once, short enough to be shown within a second. */
const GATHER_MS = 200
/** A large document that is written without a pause is read seldom enough to leave the machine to the writers. */
const REST = 3
const MOST_GATHER_MS = 700
const AT_A_TIME = 3
const RETRY_MS = 500
const MOST_RETRY_MS = 60_000

type Work = {
  timer: NodeJS.Timeout | null
  running: boolean
  /** Changed while it ran. */
  again: boolean
  failures: number
  /** How long the last reading took. */
  took: number
}

export class Schedule {
  readonly #read: (id: string) => Promise<void>
  readonly #failed: (id: string, error: unknown, failures: number) => void
  readonly #works = new Map<string, Work>()
  readonly #ready: string[] = []
  readonly #running = new Set<Promise<void>>()
  #stopped = false

  constructor(
    read: (id: string) => Promise<void>,
    failed: (id: string, error: unknown, failures: number) => void,
  ) {
    this.#read = read
    this.#failed = failed
  }

  /** The document was written. */
  changed(id: string): void {
    if (this.#stopped) return
    const work = this.#works.get(id) ?? { timer: null, running: false, again: false, failures: 0, took: 0 }
    this.#works.set(id, work)
    if (work.running) work.again = true
    else if (work.timer === null)
      this.#wait(id, work, Math.min(MOST_GATHER_MS, Math.max(GATHER_MS, REST * work.took)))
  }

  /** It was found to be behind: it is read, unless it waits or is read already. */
  missed(id: string): void {
    if (!this.#works.has(id)) this.changed(id)
  }

  /** Resolves when nothing runs any more. */
  async stop(): Promise<void> {
    this.#stopped = true
    for (const { timer } of this.#works.values()) if (timer) clearTimeout(timer)
    this.#ready.length = 0
    await Promise.all(this.#running)
  }

  #wait(id: string, work: Work, ms: number): void {
    work.timer = setTimeout(() => {
      this.#ready.push(id)
      this.#next()
    }, ms).unref()
  }

  #next(): void {
    while (this.#running.size < AT_A_TIME) {
      const id = this.#ready.shift()
      const work = id === undefined ? undefined : this.#works.get(id)
      if (id === undefined || !work) return
      work.timer = null
      work.running = true
      const run = this.#run(id, work).finally(() => {
        this.#running.delete(run)
        this.#next()
      })
      this.#running.add(run)
    }
  }

  async #run(id: string, work: Work): Promise<void> {
    const from = performance.now()
    try {
      await this.#read(id)
      work.failures = 0
    } catch (error) {
      work.failures += 1
      if (!this.#stopped) this.#failed(id, error, work.failures)
    }
    work.took = performance.now() - from
    work.running = false
    if (this.#stopped) return
    if (work.failures > 0) {
      work.again = false
      this.#wait(id, work, Math.min(MOST_RETRY_MS, RETRY_MS * 2 ** (work.failures - 1)))
    } else if (work.again) {
      work.again = false
      this.changed(id)
    } else {
      this.#works.delete(id)
    }
  }
}
