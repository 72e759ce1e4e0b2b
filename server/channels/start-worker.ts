import { Worker, type WorkerOptions } from 'node:worker_threads'

/** Runs a TypeScript worker: the loader has to be there before the source is read. */
const UNBUILT = `
const { workerData } = require('node:worker_threads')
import('tsx/esm/api').then(({ register }) => { register(); return import(workerData.entry) })
`

/**
 * Starts the snapshot worker: `channels-worker.js` beside the built server, or the source beside this one when it
 * runs unbuilt.
 */
export function startWorker(options: WorkerOptions): Worker {
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL('./channels-worker.js', import.meta.url), options)
  }
  const entry = new URL('./worker-entry.ts', import.meta.url).href
  return new Worker(UNBUILT, { ...options, eval: true, workerData: { entry } })
}
