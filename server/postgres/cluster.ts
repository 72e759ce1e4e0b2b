import { execFile } from 'node:child_process'
import { mkdir, readdir, readFile, rename, rm, rmdir } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Binaries } from './binaries'
import type { Launch } from './unprivileged'

const run = promisify(execFile)

const SETUP = [
  '--username=forge',
  // Who may reach the socket's folder may come in: nobody but the portal's user.
  '--auth=trust',
  '--encoding=UTF8',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--locale=C',
]

/**
 * The cluster in `data`, made when there is none. Throws when it was made by another version, when `data` holds
 * something else, or what `initdb` said.
 */
export async function ensureCluster(binaries: Binaries, launch: Launch, data: string): Promise<void> {
  const version = (await readFile(path.join(data, 'PG_VERSION'), 'utf8').catch(() => '')).trim()
  if (!version) return makeCluster(binaries, launch, data)
  if (version !== String(binaries.major)) {
    throw new Error(
      `The database in ${data} was made by PostgreSQL ${version}; this portal brings ${binaries.major}. Start the portal's version that made it, take the data out with pg_dump, and put it into a new folder (DATA_DIR).`,
    )
  }
  await launch.own(data)
}

async function makeCluster(binaries: Binaries, launch: Launch, data: string) {
  const there = await readdir(data).catch(() => [])
  if (there.length > 0) {
    throw new Error(`${data} holds files but no database. Move them away, or set DATA_DIR to another folder.`)
  }
  // Made aside and moved into place: a start that is killed half way leaves nothing that looks whole.
  const making = `${data}.making`
  await rm(making, { recursive: true, force: true })
  await mkdir(making, { mode: 0o700 })
  await launch.own(making)
  const [program, args] = launch.unprivileged([binaries.initdb, ['-D', making, ...SETUP]])
  try {
    await run(program, args, { ...launch.options, cwd: making })
  } catch (error) {
    const why = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error)
    await rm(making, { recursive: true, force: true })
    throw new Error(`The database could not be made in ${data}: ${why}`)
  }
  await rmdir(data).catch(() => {})
  await rename(making, data)
}
