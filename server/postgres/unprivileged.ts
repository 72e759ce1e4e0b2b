/**
 * PostgreSQL refuses to run as root. As root it is started in a user namespace of its own, where it is nobody in its
 * own eyes and yet reaches files below folders that only root may enter; where namespaces are off, as nobody (65534).
 * On Linux it is told to stop when the portal dies, so a killed portal leaves no server behind.
 */
import { execFile } from 'node:child_process'
import { chown, lstat, readdir } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const NOBODY = 65_534

export type Launch = {
  /** Program and arguments that start `file` with `args`. */
  command: (file: string, args: readonly string[], diesWithParent: boolean) => [string, string[]]
  /** Options for `spawn`. */
  options: { uid?: number; gid?: number }
  /** Gives a folder to the user who will run the server. */
  own: (folder: string) => Promise<void>
}

const NAMESPACE = ['--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--']

export async function launchAs(): Promise<Launch> {
  const dies = process.platform === 'linux' && (await works('setpriv', ['--pdeathsig', 'INT', 'true']))
  const withDeath = (file: string, args: readonly string[], wanted: boolean): [string, string[]] =>
    dies && wanted ? ['setpriv', ['--pdeathsig', 'INT', file, ...args]] : [file, [...args]]
  const none = async () => {}
  if (process.getuid?.() !== 0) return { command: withDeath, options: {}, own: none }
  if (await works('unshare', [...NAMESPACE, 'true'])) {
    return {
      // The signal is set inside the namespace: entering one clears it.
      command: (file, args, wanted) => {
        const [program, rest] = withDeath(file, args, wanted)
        return ['unshare', [...NAMESPACE, program, ...rest]]
      },
      options: {},
      own: none,
    }
  }
  return { command: withDeath, options: { uid: NOBODY, gid: NOBODY }, own: ownAll }
}

async function works(file: string, args: readonly string[]): Promise<boolean> {
  try {
    await run(file, args)
    return true
  } catch {
    return false
  }
}

async function ownAll(folder: string): Promise<void> {
  await chown(folder, NOBODY, NOBODY)
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name)
    if ((await lstat(file)).isDirectory()) await ownAll(file)
    else await chown(file, NOBODY, NOBODY)
  }
}
