/**
 * PostgreSQL refuses to run as root. As root it is started in a user namespace of its own, where it is nobody in its
 * own eyes and yet reaches files below folders that only root may enter; where namespaces are off, as nobody (65534).
 */
import { execFile } from 'node:child_process'
import { chmod, chown, lstat, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { kernelLock } from './kernel-lock'

const run = promisify(execFile)
const NOBODY = 65_534
const NAMESPACE = ['--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--']

export type Command = [program: string, args: readonly string[]]

export type Launch = {
  /** The command as the user who may run PostgreSQL. */
  unprivileged: (command: Command) => Command
  /** The server's command: it holds its cluster's lock while it lives, and stops when the portal dies. */
  supervised: (command: Command, data: string) => Promise<Command>
  /** Options for `spawn`. */
  options: { uid?: number; gid?: number; env: NodeJS.ProcessEnv }
  /** Gives a folder, with what is in it, to the user who runs the server. */
  own: (folder: string) => Promise<void>
  /** Throws, naming the folder in the way, when that user cannot reach `file`. `ours` is a folder that may be opened to it. */
  reach: (file: string, ours?: string) => Promise<void>
}

/** How PostgreSQL is started here: found out by trying. */
export async function launchHere(): Promise<Launch> {
  // Nothing of the portal's environment reaches it: PGPORT and its like would move the socket.
  const { PATH, NODE_ENV } = process.env
  const options = { env: { PATH, NODE_ENV, LC_ALL: 'C', TZ: 'UTC' } }
  const supervised = async (command: Command, data: string) => {
    const outer = [await kernelLock(data), await diesWithParent()]
    return outer.reduceRight(wrap, command)
  }
  if (process.getuid?.() !== 0) {
    return {
      unprivileged: (command) => command,
      supervised,
      options,
      own: async () => {},
      reach: async () => {},
    }
  }
  if (await works('unshare', [...NAMESPACE, 'true'])) {
    const unprivileged = (command: Command) => wrap(command, ['unshare', ...NAMESPACE])
    return {
      unprivileged,
      // The signal at the parent's death is set inside the namespace: entering one clears it.
      supervised: async (command, data) => unprivileged(await supervised(command, data)),
      options,
      own: (folder) => give(folder, 0),
      reach: async () => {},
    }
  }
  return {
    unprivileged: (command) => command,
    supervised,
    options: { ...options, uid: NOBODY, gid: NOBODY },
    own: (folder) => give(folder, NOBODY),
    reach: reachableByNobody,
  }
}

const wrap = ([program, args]: Command, [outer, ...options]: readonly string[]): Command =>
  outer ? [outer, [...options, program, ...args]] : [program, args]

/** Without `setpriv` (not on Linux) a killed portal leaves its server behind; the next start ends it. */
async function diesWithParent(): Promise<string[]> {
  if (process.platform !== 'linux') return []
  const options = ['--pdeathsig', 'INT']
  return (await works('setpriv', [...options, 'true'])) ? ['setpriv', ...options] : []
}

async function works(file: string, args: readonly string[]): Promise<boolean> {
  try {
    await run(file, args)
    return true
  } catch {
    return false
  }
}

async function give(folder: string, user: number): Promise<void> {
  const { uid } = await lstat(folder)
  if (uid === user) return
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name)
    if ((await lstat(file)).isDirectory()) await give(file, user)
    else await chown(file, user, user)
  }
  // Last: a walk that was broken off is taken up again.
  await chown(folder, user, user)
}

async function reachableByNobody(file: string, ours?: string): Promise<void> {
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    const { mode, uid } = await stat(folder)
    const enters = uid === NOBODY || (mode & 0o001) !== 0
    if (!enters && folder === ours) await chmod(folder, (mode & 0o777) | 0o001)
    else if (!enters) {
      throw new Error(
        `PostgreSQL does not run as root, and here it has to run as nobody (user namespaces are off), who cannot enter ${folder}. Start the portal as an ordinary user, put it and its DATA_DIR where everybody may enter, or set DATABASE_URL to a PostgreSQL 15 or later.`,
      )
    }
    if (folder === path.dirname(folder)) return
  }
}
