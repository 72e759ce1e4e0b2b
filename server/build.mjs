/** Builds what the portal runs from: pages and browser code by Remix, the server by esbuild. Skips what is up to date. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
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
/** Read when the portal runs or not at all: a change of theirs needs no build. */
const UNBUILT = [/\.test\.tsx?$/, /\.md$/, /^db\/seed\/data\//, /^db\/migrations\//]
const STAMP = path.join(root, 'build/stamp')
const MADE = ['build/portal/main.js', 'build/server/index.js', 'build/client']

/** Programs of the server: the portal itself and its workers, each a file of `build/portal`. */
const PROGRAMS = {
  main: 'server/main.ts',
  'channels-worker': 'server/channels/worker-entry.ts',
  'documents-worker': 'server/documents/worker-entry.ts',
  'audit-verify': 'server/audit/verify-entry.ts',
}

/** Files of the build's sources, relative to the project, in one order. */
function sources() {
  return SOURCES.filter((entry) => existsSync(path.join(root, entry)))
    .flatMap((entry) => {
      if (!statSync(path.join(root, entry)).isDirectory()) return [entry]
      return readdirSync(path.join(root, entry), { withFileTypes: true, recursive: true })
        .filter((child) => child.isFile())
        .map((child) => path.relative(root, path.join(child.parentPath ?? child.path, child.name)))
    })
    .filter((file) => !UNBUILT.some((kind) => kind.test(file.split(path.sep).join('/'))))
    .sort()
}

/** One hash of everything that the build reads. */
function stampOfSources() {
  const hash = createHash('sha256').update(process.version)
  for (const file of sources()) hash.update(`\0${file}\0`).update(readFileSync(path.join(root, file)))
  return hash.digest('hex')
}

/** Builds when the sources changed since the last build. Out: whether it built. Throws what to tell when it fails. */
export async function buildWhenNeeded() {
  const stamp = stampOfSources()
  const whole = MADE.every((file) => existsSync(path.join(root, file)))
  if (whole && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp) return false
  process.stdout.write('Building the portal (once; about half a minute) …\n')
  // A build that is broken off must not be taken for a whole one.
  rmSync(STAMP, { force: true })
  const remix = spawnSync(
    process.execPath,
    [path.join(root, 'node_modules/@remix-run/dev/dist/cli.js'), 'vite:build', '--logLevel', 'warn'],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_ENV: 'production' } },
  )
  if (remix.status !== 0) throw new Error(`The pages could not be built:\n${remix.stdout}${remix.stderr}`)
  await buildServer()
  writeFileSync(STAMP, stamp)
  return true
}

/**
 * Bundles the server's programs into `build/portal`; packages stay in node_modules. Chunks of builds before are left: a
 * portal that still runs may load one yet.
 */
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
  try {
    if (!(await buildWhenNeeded())) process.stdout.write('The build is up to date.\n')
  } catch (error) {
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  }
}
