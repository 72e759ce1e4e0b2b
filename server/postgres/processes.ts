/** Which processes run on this machine, as far as a data folder is concerned. */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { readFile, realpath } from 'node:fs/promises'
import path from 'node:path'

/**
 * When a process was born: tells it from a later one with the same number, also after the machine was started anew.
 * Null when there is none, or only a zombie. The words mean nothing but themselves.
 */
export function birthOf(pid: number): string | null {
  if (!Number.isInteger(pid) || pid <= 0) return null
  if (process.platform !== 'linux') return ps(pid, 'lstart=')
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The program's name, in parentheses, may hold anything: what counts comes after the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [state, ticks] = [fields[0], fields[19]]
    if (state === 'Z' || state === 'X' || !ticks) return null
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${ticks}`
  } catch {
    return null
  }
}

/**
 * The PostgreSQL processes that work on the cluster in `data`. On Linux all of them, also backends whose server is gone:
 * each has `data` as its working directory. Elsewhere the one that `postmaster.pid` names, if it still is that one.
 */
export async function postgresOn(data: string): Promise<number[]> {
  if (process.platform !== 'linux') {
    const pid = await serverOf(data)
    return pid && ps(pid, 'command=')?.includes(data) && ps(pid, 'comm=')?.includes('postgres') ? [pid] : []
  }
  const real = await realpath(data)
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid && isPostgresIn(pid, real))
}

/** The process that the cluster's `postmaster.pid` names, whatever it is now; null without such a file. */
export async function serverOf(data: string): Promise<number | null> {
  const text = await readFile(path.join(data, 'postmaster.pid'), 'utf8').catch(() => '')
  return Number.parseInt(text, 10) || null
}

function isPostgresIn(pid: number, folder: string): boolean {
  try {
    return (
      readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres') &&
      readlinkSync(`/proc/${pid}/cwd`) === folder
    )
  } catch {
    // Gone meanwhile, a zombie, or another user's: not ours in any case.
    return false
  }
}

function ps(pid: number, column: string): string | null {
  try {
    return execFileSync('ps', ['-o', column, '-p', String(pid)], { encoding: 'utf8' }).trim() || null
  } catch {
    return null
  }
}
