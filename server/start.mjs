/**
 * `npm start`: checks the machine, builds when needed, starts the portal in this process. `--dev`: with hot reload.
 * Its Node keeps 16 MB for what is young: with more, as later versions of Node have it, V8 collects a heap as small as
 * the portal's whole, again and again, while many write (`test/bench/RESULTS.md`).
 */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const has = (file) => existsSync(path.join(root, file))

function refuse(why) {
  process.stderr.write(`${why}\n`)
  process.exit(1)
}

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  refuse(`The portal needs Node.js 20.19 or later; this is ${process.versions.node}.`)
}
if (!has('node_modules/express')) refuse('The packages are not installed: run "npm ci" first.')

const development = process.argv.includes('--dev')
// What makes a deployment is DATABASE_URL (see server/config.ts); this chooses React's and Express's fast paths.
process.env.NODE_ENV ??= development ? 'development' : 'production'
// After `npm ci --omit=dev` the tools are not there: such a machine runs the build that it was given.
const tools = has('node_modules/esbuild') && has('node_modules/@remix-run/dev')
if (!tools && (development || !has('build/portal/main.js'))) {
  refuse('There is no build, and the tools to make one are not installed: run "npm ci" and "npm run build".')
}
if (tools) {
  const { buildServer, buildWhenNeeded } = await import('./build.mjs')
  try {
    await (development ? buildServer() : buildWhenNeeded())
  } catch (error) {
    refuse(error.message)
  }
}
await import('../build/portal/main.js')
