/** What a `postmaster.pid` left in a data folder means. */
import { readFile, readlink, realpath, rm } from 'node:fs/promises'
import path from 'node:path'
import { startTime } from './lock'

/** Longest wait for an orphaned server to end by itself. */
const ORPHAN_MS = 20_000

/**
 * Clears the way for a start: a pid file whose process is gone, a zombie, or no PostgreSQL on this folder is removed;
 * a living server that nobody supervises (its portal was killed) is asked to stop and waited for.
 * The caller holds the folder's lock, so no living portal owns that server.
 */
export async function clearPidFile(folder: string): Promise<'none' | 'stale' | 'stopped'> {
  const file = path.join(folder, 'postmaster.pid')
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0])
  if (!pid) {
    await rm(file, { force: true })
    return 'none'
  }
  if (!(await isPostgresOn(pid, folder))) {
    await rm(file, { force: true })
    return 'stale'
  }
  process.kill(pid, 'SIGINT')
  const until = Date.now() + ORPHAN_MS
  while (startTime(pid) !== null) {
    if (Date.now() > until) {
      throw new Error(
        `A PostgreSQL (process ${pid}) left over on ${folder} does not stop. End it, then start again.`,
      )
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  await rm(file, { force: true })
  return 'stopped'
}

async function isPostgresOn(pid: number, folder: string): Promise<boolean> {
  if (pid === process.pid || startTime(pid) === null) return false
  if (process.platform !== 'linux') return true
  try {
    const program = await readFile(`/proc/${pid}/comm`, 'utf8')
    return program.startsWith('postgres') && (await readlink(`/proc/${pid}/cwd`)) === (await realpath(folder))
  } catch {
    return false
  }
}
