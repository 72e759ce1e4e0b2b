/**
 * What a session may do in a channel, asked at most once a second while it writes. When one has to be asked about, so
 * are all who will have to be soon: the portal answers them together. Dropped at once when a right may have changed; an
 * answer that was under way by then does not count.
 */
import type { ResolveAccess } from './types'

export const FRESH_MS = 1000
/** From this age on it is asked about with others. */
const SOON_MS = (FRESH_MS * 2) / 3
/** A database that hangs answers nothing; writers are told so after this long. */
const ANSWER_MS = 3000
/** Those asked within this time share one timer, and may be told so much earlier. */
const LATE_SHARED_MS = 500

export type Grant = Awaited<ReturnType<ResolveAccess>>

/** `used`: somebody has written by it since it was asked. */
type Known = { at: number; grant: Grant; used: boolean }

export class Rights {
  readonly #resolve: ResolveAccess
  readonly #now: () => number
  /** By channel, then by session. */
  readonly #known = new Map<string, Map<string, Known>>()
  readonly #asking = new Map<string, Promise<Grant>>()
  #changes = 0
  #late: Promise<never> | null = null
  /** When it was last looked for those who will have to be asked about soon. */
  #lookedAt = Number.NEGATIVE_INFINITY

  constructor(resolve: ResolveAccess, now: () => number) {
    this.#resolve = resolve
    this.#now = now
  }

  /** The answer if it is fresh; undefined when it has to be asked for. */
  known(sessionId: string, channelId: string): Grant | undefined {
    const known = this.#known.get(channelId)?.get(sessionId)
    if (!known || this.#now() - known.at >= FRESH_MS) return undefined
    known.used = true
    return known.grant
  }

  /** Asks, again when rights changed meanwhile. Rejects when nobody can answer: then nothing is allowed. */
  async ask(sessionId: string, channelId: string): Promise<Grant> {
    for (;;) {
      const changes = this.#changes
      const asking = this.#ask(sessionId, channelId)
      this.#askWith()
      const grant = await asking
      if (changes === this.#changes) return grant
    }
  }

  #ask(sessionId: string, channelId: string): Promise<Grant> {
    const changes = this.#changes
    const key = `${changes} ${sessionId} ${channelId}`
    const under = this.#asking.get(key)
    if (under) return under
    const at = this.#now()
    const asking = Promise.race([this.#resolve(sessionId, channelId), this.#tooLate()])
      .then((grant) => {
        if (changes === this.#changes) this.#keep(sessionId, channelId, { at, grant, used: false })
        return grant
      })
      .finally(() => this.#asking.delete(key))
    this.#asking.set(key, asking)
    return asking
  }

  /** Asks, in the same turn, about everybody who writes and whose answer grows old; old answers that nobody used go. */
  #askWith(): void {
    const now = this.#now()
    if (now - this.#lookedAt < FRESH_MS - SOON_MS) return
    this.#lookedAt = now
    for (const [channelId, sessions] of this.#known) {
      for (const [sessionId, { at, used }] of sessions) {
        if (!used && now - at >= FRESH_MS) this.release(sessionId, channelId)
        // When nobody answers, whoever writes next asks again.
        else if (used && now - at >= SOON_MS) this.#ask(sessionId, channelId).catch(() => {})
      }
    }
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
