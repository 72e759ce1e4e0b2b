/** Work that needs the decoded document, in a thread of its own: never on the path of an edit. */
import type { Worker } from 'node:worker_threads'
import type { Logger } from 'pino'
import { invalid, unavailable } from '../../app/domain/fault'
import { startWorker } from '../start-worker'
import type { JobName, JobReply, Jobs } from './worker-protocol'

/** A file that takes longer is refused: it may be made to. */
const JOB_MS = 60_000
const MAX_WAITING = 200
/** Far above what the largest document needs, so that a hostile one ends the thread and not the portal. */
const HEAP_MB = 768

type Waiting = {
  job: JobName
  resolve: (answer: unknown) => void
  reject: (error: Error) => void
  timer: NodeJS.Timeout
}

export type DocumentWorker = {
  /** Throws `invalid` when the file cannot be read, `unavailable` when the thread is overloaded, died or took too long. */
  run: <K extends JobName>(job: K, ask: Jobs[K]['ask']) => Promise<Jobs[K]['answer']>
  close: () => Promise<void>
}

/** Starts no thread before the first job. A thread that dies is replaced by the next job's. */
export function createDocumentWorker({ log }: { log: Logger }): DocumentWorker {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | null = null
  let lastId = 0

  function settle(id: number): Waiting | undefined {
    const one = waiting.get(id)
    waiting.delete(id)
    if (one) clearTimeout(one.timer)
    return one
  }

  function failAll(why: string) {
    for (const id of [...waiting.keys()]) settle(id)?.reject(unavailable(why))
  }

  function start(): Worker {
    const made = startWorker('documents-worker', { resourceLimits: { maxOldGenerationSizeMb: HEAP_MB } })
    made.on('message', (reply: JobReply) => {
      const one = settle(reply.id)
      if (!one) return
      if (reply.ok) return one.resolve(reply.answer)
      if (reply.kind === 'invalid') return one.reject(invalid(reply.message))
      log.error({ job: one.job, why: reply.message }, 'a document job failed')
      one.reject(
        unavailable('The document could not be worked on. Try again; if it stays so, tell the secretariat.'),
      )
    })
    made.on('error', (error) => log.error({ err: error }, 'the document thread died'))
    made.on('exit', () => {
      if (worker !== made) return
      worker = null
      failAll('The document was too much for the portal, or its thread ended. Nothing was changed.')
    })
    made.unref()
    return made
  }

  return {
    run<K extends JobName>(job: K, ask: Jobs[K]['ask']): Promise<Jobs[K]['answer']> {
      if (waiting.size >= MAX_WAITING)
        return Promise.reject(unavailable('Too many documents are being worked on. Try again in a minute.'))
      worker ??= start()
      const current = worker
      lastId += 1
      const id = lastId
      return new Promise<Jobs[K]['answer']>((resolve, reject) => {
        const timer = setTimeout(() => {
          settle(id)?.reject(unavailable('The document took too long to work on. Nothing was changed.'))
          // It may be stuck for good: the others that wait get a fresh thread on their next try.
          void current.terminate()
        }, JOB_MS)
        waiting.set(id, { job, resolve: (answer) => resolve(answer as Jobs[K]['answer']), reject, timer })
        current.postMessage({ id, job, ask })
      })
    },
    async close() {
      const current = worker
      worker = null
      failAll('The portal is stopping.')
      await current?.terminate()
    },
  }
}
