/**
 * What is asked of one session takes turns on this node before it asks the database for the session's lock: sixty votes at
 * one moment then hold one connection, and not all that the portal's pages share. What waits meanwhile and may be done
 * together is, in one turn.
 */

/** Does what stands in one turn. Out: how each ended, in the same order. */
type Work<Asked, Done> = (
  sessionId: string,
  together: readonly Asked[],
) => Promise<readonly PromiseSettledResult<Done>[]>

type Place<Asked, Done> = {
  asked: Asked
  resolve: (done: Done) => void
  reject: (why: unknown) => void
}

export class Turns<Asked, Done> {
  readonly #work: Work<Asked, Done>
  /** Whether the next one may be done in the same turn. */
  readonly #joins: (together: readonly Asked[], next: Asked) => boolean
  readonly #queues = new Map<string, Place<Asked, Done>[]>()

  constructor(work: Work<Asked, Done>, joins: (together: readonly Asked[], next: Asked) => boolean) {
    this.#work = work
    this.#joins = joins
  }

  /** Ends as what is asked ends, once everything that was asked before has ended, however it did. */
  take(sessionId: string, asked: Asked): Promise<Done> {
    return new Promise((resolve, reject) => {
      const place = { asked, resolve, reject }
      const queue = this.#queues.get(sessionId)
      if (queue) return void queue.push(place)
      const begun = [place]
      this.#queues.set(sessionId, begun)
      void this.#run(sessionId, begun)
    })
  }

  async #run(sessionId: string, queue: Place<Asked, Done>[]): Promise<void> {
    while (queue.length > 0) {
      const turn = this.#next(queue)
      const together = turn.map(({ asked }) => asked)
      const outcomes = await this.#work(sessionId, together).catch((reason): PromiseRejectedResult[] =>
        turn.map(() => ({ status: 'rejected', reason })),
      )
      for (const [nth, { resolve, reject }] of turn.entries()) {
        const outcome = outcomes[nth]
        if (outcome?.status === 'fulfilled') resolve(outcome.value)
        else reject(outcome?.reason)
      }
    }
    this.#queues.delete(sessionId)
  }

  #next(queue: Place<Asked, Done>[]): Place<Asked, Done>[] {
    const turn = queue.splice(0, 1)
    for (let next = queue[0]; next; next = queue[0]) {
      const together = turn.map(({ asked }) => asked)
      if (!this.#joins(together, next.asked)) break
      turn.push(...queue.splice(0, 1))
    }
    return turn
  }
}
