/** `npm start`: checks the machine, builds when needed, starts the portal in this process. `--dev`: with hot reload. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`The portal needs Node.js 20.19 or later; this is ${process.versions.node}.\n`)
  process.exit(1)
}
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
if (!existsSync(path.join(root, 'node_modules/express'))) {
  process.stderr.write('The packages are not installed: run "npm ci" first.\n')
  process.exit(1)
}
const development = process.argv.includes('--dev')
if (!development) process.env.NODE_ENV ??= 'production'
const built = existsSync(path.join(root, 'build/portal/main.js'))
// A deployment may ship the build without the tools that made it.
const tools = existsSync(path.join(root, 'node_modules/esbuild'))
if (!tools && !built) {
  process.stderr.write(
    'There is no build, and the tools to make one are not installed: run "npm ci" and "npm run build".\n',
  )
  process.exit(1)
}
if (tools) {
  const { buildServer, buildWhenNeeded } = await import('./build.mjs')
  if (development) await buildServer()
  else await buildWhenNeeded()
}
await import('../build/portal/main.js')
