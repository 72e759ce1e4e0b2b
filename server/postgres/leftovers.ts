/** What a portal or a PostgreSQL that was killed leaves behind in a cluster's folder. */
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { kernelLock } from './kernel-lock'
import { postgresOn, serverOf } from './processes'

/** Asked ever more firmly, each for so many milliseconds; a fast shutdown first. SIGKILL is safe too: the log is replayed. */
const FIRMER: readonly [NodeJS.Signals, number][] = [
  ['SIGINT', 20_000],
  ['SIGQUIT', 5_000],
  ['SIGKILL', 5_000],
]

/**
 * Clears the way for a start. The caller holds the folder's lock, so no living portal owns what is found:
 * a server that outlived its portal, and backends that outlived their server, are ended and waited for (two servers'
 * processes on one cluster would destroy it); then a `postmaster.pid` is removed, whose process is gone, a zombie or
 * another program by now.
 * Out: 'none' when the folder was in order, 'stale' when only the file was left, 'stopped' when processes were.
 */
export async function clearLeftovers(data: string): Promise<'none' | 'stale' | 'stopped'> {
  const server = await serverOf(data)
  let left = await postgresOn(data)
  const found = left.length > 0 ? 'stopped' : server ? 'stale' : 'none'
  // A server ends its backends itself. Backends without one have nothing to finish.
  const lives = server !== null && left.includes(server)
  for (const [signal, wait] of lives ? FIRMER : FIRMER.slice(1)) {
    for (const pid of lives && signal === 'SIGINT' ? [server] : left) end(pid, signal)
    for (const until = Date.now() + wait; left.length > 0 && Date.now() < until; ) {
      await sleep(30)
      left = await postgresOn(data)
    }
    if (left.length === 0) break
  }
  if (left.length > 0) {
    throw new Error(
      `A PostgreSQL left over on ${data} does not stop (process ${left.join(', ')}). End it, then start again.`,
    )
  }
  // Who holds the lock and is not seen from here still needs its file.
  await kernelLock(data)
  await rm(path.join(data, 'postmaster.pid'), { force: true })
  return found
}

function end(pid: number, signal: NodeJS.Signals) {
  try {
    process.kill(pid, signal)
  } catch {
    // It went by itself meanwhile.
  }
}
