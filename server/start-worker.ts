import { Worker, type WorkerOptions } from 'node:worker_threads'

/** Runs a TypeScript worker: the loader has to be there before the source is read. */
const UNBUILT = `
const { workerData } = require('node:worker_threads')
import('tsx/esm/api').then(({ register }) => { register(); return import(workerData.entry) })
`

/** Worker programs: the name of the built file, and the source below `server/`. */
const PROGRAMS = {
  'channels-worker': './channels/worker-entry.ts',
  'documents-worker': './documents/worker-entry.ts',
} as const

/** Starts a worker: the file beside the built server, or its source when the server runs unbuilt (in tests). */
export function startWorker(program: keyof typeof PROGRAMS, options: WorkerOptions): Worker {
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL(`./${program}.js`, import.meta.url), options)
  }
  const entry = new URL(PROGRAMS[program], import.meta.url).href
  return new Worker(UNBUILT, { ...options, eval: true, workerData: { entry } })
}
