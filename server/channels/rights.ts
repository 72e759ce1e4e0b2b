/**
 * What a session may do in a channel, asked at most once a second while it writes. Dropped at once when a right may
 * have changed; an answer that was under way by then does not count.
 */
import type { ResolveAccess } from './types'

export const FRESH_MS = 1000
/** A database that hangs answers nothing; writers are told so after this long. */
const ANSWER_MS = 3000
/** Those asked within this time share one timer, and may be told so much earlier. */
const LATE_SHARED_MS = 500

export type Grant = Awaited<ReturnType<ResolveAccess>>

type Known = { at: number; grant: Grant }

export class Rights {
  readonly #resolve: ResolveAccess
  readonly #now: () => number
  /** By channel, then by session. */
  readonly #known = new Map<string, Map<string, Known>>()
  readonly #asking = new Map<string, Promise<Grant>>()
  #changes = 0
  #late: Promise<never> | null = null

  constructor(resolve: ResolveAccess, now: () => number) {
    this.#resolve = resolve
    this.#now = now
  }

  /** The answer if it is fresh; undefined when it has to be asked for. */
  known(sessionId: string, channelId: string): Grant | undefined {
    const known = this.#known.get(channelId)?.get(sessionId)
    return known && this.#now() - known.at < FRESH_MS ? known.grant : undefined
  }

  /** Asks, again when rights changed meanwhile. Rejects when nobody can answer: then nothing is allowed. */
  async ask(sessionId: string, channelId: string): Promise<Grant> {
    for (;;) {
      const changes = this.#changes
      const key = `${changes} ${sessionId} ${channelId}`
      const grant = await (this.#asking.get(key) ?? this.#ask(key, sessionId, channelId))
      if (changes === this.#changes) return grant
    }
  }

  #ask(key: string, sessionId: string, channelId: string): Promise<Grant> {
    const changes = this.#changes
    const at = this.#now()
    const asking = Promise.race([this.#resolve(sessionId, channelId), this.#tooLate()])
      .then((grant) => {
        if (changes === this.#changes) this.#keep(sessionId, channelId, { at, grant })
        return grant
      })
      .finally(() => this.#asking.delete(key))
    this.#asking.set(key, asking)
    return asking
  }

  /** Rejects when an answer that is asked for now is too late: one timer for all that are asked closely together. */
  #tooLate(): Promise<never> {
    if (this.#late) return this.#late
    const late = new Promise<never>((_, reject) => {
      setTimeout(() => reject(new Error('nobody answered what may be done here')), ANSWER_MS).unref()
    })
    late.catch(() => {})
    setTimeout(() => {
      this.#late = null
    }, LATE_SHARED_MS).unref()
    this.#late = late
    return late
  }

  #keep(sessionId: string, channelId: string, known: Known): void {
    const sessions = this.#known.get(channelId) ?? new Map<string, Known>()
    this.#known.set(channelId, sessions)
    sessions.set(sessionId, known)
  }

  /** A right may have changed, somewhere. */
  forget(): void {
    this.#changes++
    this.#known.clear()
  }

  /** Nobody of the session is in the channel any more. */
  release(sessionId: string, channelId: string): void {
    const sessions = this.#known.get(channelId)
    sessions?.delete(sessionId)
    if (sessions?.size === 0) this.#known.delete(channelId)
  }
}
