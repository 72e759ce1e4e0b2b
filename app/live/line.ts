/** What this tab knows of the line to the portal. */
import { Cell } from '../collab/cell'

/** How many of the router's reads wait for a portal that does not answer. */
export const waitingReads = new Cell(0)

/** The tab's live connection is broken: pages may be, too. */
export const isConnectionLost = new Cell(false)

const wakers = new Set<() => void>()

/** Has whoever waits for the portal ask it at once. */
export function tryNow(): void {
  for (const wake of [...wakers]) wake()
}

/** Waits `ms`, or until `tryNow`, or until `signal` gives it up: then it rejects with the signal's reason. */
export function pause(ms: number, signal?: AbortSignal | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer)
      wakers.delete(end)
      signal?.removeEventListener('abort', end)
      if (signal?.aborted) reject(signal.reason)
      else resolve()
    }
    const timer = setTimeout(end, ms)
    wakers.add(end)
    signal?.addEventListener('abort', end)
    if (signal?.aborted) end()
  })
}

/** Pages may not be fetched at this moment. */
export const isInDoubt = (): boolean => !navigator.onLine || isConnectionLost.get() || waitingReads.get() > 0

const PROBE_MS = 5000

/**
 * Asks whether pages can be fetched. To be asked where it is in doubt: a browser may err about its line, and a proxy may
 * refuse live connections and let pages through.
 */
export async function answersPages(): Promise<boolean> {
  try {
    const reply = await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(PROBE_MS) })
    return reply.ok
  } catch {
    return false
  }
}
