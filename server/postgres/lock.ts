/** One portal a data folder. */
import { randomBytes } from 'node:crypto'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { birthOf } from './processes'

/**
 * Takes the folder for this process. Throws when another living portal has it, naming folder and process.
 * Out: a function that gives it back.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const file = path.join(folder, 'portal.lock')
  const mine = `${process.pid} ${birthOf(process.pid)} ${randomBytes(6).toString('hex')}`
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if (await placed(file, mine)) {
      return async () => {
        if ((await read(file)) === mine) await rm(file, { force: true })
      }
    }
    const holder = await read(file)
    const [pid, birth] = holder.split(' ')
    if (birth && birthOf(Number(pid)) === birth) throw new Error(taken(folder, `process ${pid}`))
    await removeStale(file, holder)
  }
  throw new Error(taken(folder, 'one that starts at this moment'))
}

/** Puts a file in its place with all it holds, so that nobody ever reads half of it. False when there is one already. */
async function placed(file: string, text: string): Promise<boolean> {
  const aside = `${file}.${process.pid}-${randomBytes(6).toString('hex')}`
  await writeFile(aside, text, { mode: 0o600 })
  try {
    await link(aside, file)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  } finally {
    await rm(aside, { force: true })
  }
}

/** Removes the lock of a portal that is gone. Should another start have taken the folder meanwhile, its lock goes back. */
async function removeStale(file: string, stale: string) {
  const aside = `${file}.stale-${process.pid}`
  try {
    await rename(file, aside)
    if ((await read(aside)) !== stale) await link(aside, file)
  } catch {
    // Another start was quicker: the next attempt sees what it did.
  } finally {
    await rm(aside, { force: true })
  }
}

const taken = (folder: string, who: string) =>
  `Another portal (${who}) runs on the data folder ${folder}. Stop it first, or give this one a folder of its own with DATA_DIR.`

const read = (file: string) => readFile(file, 'utf8').catch(() => '')
