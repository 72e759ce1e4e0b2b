/** One portal a data folder. */
import { readFileSync } from 'node:fs'
import { open, readFile, unlink } from 'node:fs/promises'
import path from 'node:path'

/** When a process started, in clock ticks since boot: tells a process from a later one with the same number. */
export function startTime(pid: number): string | null {
  if (process.platform !== 'linux') return isAlive(pid) ? 'alive' : null
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // Field 3 is the state, Z a zombie; field 22 the start time.
    return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? null)
  } catch {
    return null
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/**
 * Takes the folder for this process. Throws when another living portal has it, naming folder and process.
 * Out: a function that gives it back.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const file = path.join(folder, 'portal.lock')
  const mine = `${process.pid} ${startTime(process.pid)}`
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      const handle = await open(file, 'wx', 0o600)
      await handle.writeFile(mine)
      await handle.close()
      return async () => {
        if ((await read(file)) === mine) await unlink(file)
      }
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
    const holder = await read(file)
    const [pid, since] = holder.split(' ')
    if (pid && startTime(Number(pid)) === since) {
      throw new Error(
        `Another portal (process ${pid}) runs on the data folder ${folder}. Stop it first, or give this one a folder of its own with DATA_DIR.`,
      )
    }
    // Its process is gone: the lock is left over from a kill. Only the file that was read is removed.
    if ((await read(file)) === holder) await unlink(file).catch(() => {})
  }
  throw new Error(`The data folder ${folder} is being taken by another portal at this moment.`)
}

const read = (file: string) => readFile(file, 'utf8').catch(() => '')
