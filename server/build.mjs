/** Builds what the portal runs from: pages and browser code by Remix, the server by esbuild. Skips what is up to date. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const SOURCES = [
  'app',
  'server',
  'db',
  'public',
  'package.json',
  'package-lock.json',
  'vite.config.ts',
  'tsconfig.json',
]
const STAMP = path.join(root, 'build/stamp')

/** Programs of the server: the portal itself and its workers, each a file of `build/portal`. */
const PROGRAMS = {
  main: 'server/main.ts',
  'channels-worker': 'server/channels/worker-entry.ts',
  'documents-worker': 'server/documents/worker-entry.ts',
}

function* files(entry) {
  const full = path.join(root, entry)
  if (!existsSync(full)) return
  const kinds = readdirSync(path.dirname(full), { withFileTypes: true }).find(
    (e) => e.name === path.basename(full),
  )
  if (!kinds?.isDirectory()) return yield full
  for (const child of readdirSync(full, { withFileTypes: true, recursive: true })) {
    const file = path.join(child.parentPath ?? child.path, child.name)
    if (
      child.isFile() &&
      !/\.test\.tsx?$|\.md$/.test(file) &&
      !file.includes(`${path.sep}seed${path.sep}data`)
    )
      yield file
  }
}

/** One hash of everything that the build reads. */
function stampOfSources() {
  const hash = createHash('sha256').update(process.version)
  for (const entry of SOURCES) {
    for (const file of [...files(entry)].sort())
      hash.update(path.relative(root, file)).update(readFileSync(file))
  }
  return hash.digest('hex')
}

/** Builds when the sources changed since the last build. Ends the process when the build fails. */
export async function buildWhenNeeded() {
  const stamp = stampOfSources()
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp) return false
  process.stdout.write('Building the portal (once; about half a minute) …\n')
  const remix = spawnSync(
    process.execPath,
    [path.join(root, 'node_modules/@remix-run/dev/dist/cli.js'), 'vite:build', '--logLevel', 'warn'],
    { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, NODE_ENV: 'production' } },
  )
  if (remix.status !== 0) {
    process.stderr.write('The pages could not be built; see above.\n')
    process.exit(1)
  }
  await buildServer()
  writeFileSync(STAMP, stamp)
  return true
}

export async function buildServer() {
  const { build } = await import('esbuild')
  await build({
    absWorkingDir: root,
    entryPoints: PROGRAMS,
    outdir: 'build/portal',
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    sourcemap: 'linked',
    logLevel: 'warning',
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!(await buildWhenNeeded())) process.stdout.write('The build is up to date.\n')
}
