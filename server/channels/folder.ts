/** The main thread's side of the worker that folds updates. Started ahead of the first fold, and again after a crash. */
import type { Worker } from 'node:worker_threads'
import { startWorker } from '../start-worker'
import type { Folded, FoldReply, FoldRequest } from './worker-entry'

/** A document that takes longer to fold than this is left as it is. */
const LIMIT_MS = 60_000
const MEMORY_MB = 1024

type Job = { resolve(folded: Folded): void; reject(error: Error): void; timer: NodeJS.Timeout }

export class Folder {
  #worker: Worker | null = null
  readonly #jobs = new Map<number, Job>()
  #lastId = 0

  /** Gives one update that says the same as all of them. */
  fold(what: Omit<FoldRequest, 'id'>): Promise<Folded> {
    const id = ++this.#lastId
    return new Promise((resolve, reject) => {
      const worker = this.start()
      const timer = setTimeout(() => this.#fail(worker, new Error('folding took too long')), LIMIT_MS)
      this.#jobs.set(id, { resolve, reject, timer })
      const request: FoldRequest = { id, ...what }
      worker.postMessage(request)
    })
  }

  async close(): Promise<void> {
    const worker = this.#worker
    if (!worker) return
    this.#fail(worker, new Error('the server stops'))
  }

  /** Starts the worker where there is none. */
  start(): Worker {
    if (this.#worker) return this.#worker
    const worker = startWorker('channels-worker', { resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } })
    worker.unref()
    worker.on('message', (reply: FoldReply) => {
      const job = this.#jobs.get(reply.id)
      if (!job) return
      this.#jobs.delete(reply.id)
      clearTimeout(job.timer)
      if (reply.ok) job.resolve(reply.folded)
      else job.reject(new Error(reply.why))
    })
    worker.on('error', (error: Error) => this.#fail(worker, error))
    worker.on('exit', () => this.#fail(worker, new Error('the worker ended')))
    this.#worker = worker
    return worker
  }

  #fail(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return
    this.#worker = null
    void worker.terminate()
    for (const job of this.#jobs.values()) {
      clearTimeout(job.timer)
      job.reject(error)
    }
    this.#jobs.clear()
  }
}
