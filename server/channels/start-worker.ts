import { Worker, type WorkerOptions } from 'node:worker_threads'

/**
 * Starts the snapshot worker: `channels-worker.js` beside the built server, or the source beside this one when it
 * runs unbuilt.
 */
export function startWorker(options: WorkerOptions): Worker {
  const unbuilt = import.meta.url.endsWith('.ts')
  return unbuilt
    ? new Worker(new URL('./worker-entry.ts', import.meta.url), { ...options, execArgv: ['--import', 'tsx'] })
    : new Worker(new URL('./channels-worker.js', import.meta.url), options)
}
