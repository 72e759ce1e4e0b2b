/** `npm test`: every check and every test, cheapest first; stops at the first that fails. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const bin = (name) => path.join(root, 'node_modules/.bin', name)
const results = path.join(root, 'test-results')
rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })

const vitest = (project) => [
  bin('vitest'),
  [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=test-results/${project}.json`,
  ],
]

const STEPS = [
  ['Format and lint', bin('biome'), ['check', '--error-on-warnings', '.']],
  ['Types', bin('tsc'), ['--noEmit']],
  ['Import directions', bin('depcruise'), ['app', 'server', 'db', '--config', '.dependency-cruiser.cjs']],
  ['Dead code', bin('knip'), []],
  ['Build', process.execPath, ['server/build.mjs']],
  ['Unit and property tests', ...vitest('unit')],
  ['Integration tests', ...vitest('integration')],
  ['Fault tests', ...vitest('faults')],
  ['Browser', null, []],
  ['End-to-end tests', bin('playwright'), ['test']],
]

function run(command, args) {
  return (
    spawnSync(command, args, {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, FORCE_COLOR: process.env.CI ? '0' : '1' },
    }).status === 0
  )
}

/** The browser of the end-to-end tests: found, or installed where that is possible. */
function browser() {
  const found = [
    process.env.PLAYWRIGHT_CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ].find((file) => file && existsSync(file))
  if (found) {
    process.stdout.write(`${found}\n`)
    return true
  }
  const debian = existsSync('/etc/debian_version') && process.getuid?.() === 0
  if (debian) {
    process.stdout.write('Installing Debian’s chromium …\n')
    return (
      run('apt-get', ['update', '-qq']) &&
      run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'])
    )
  }
  process.stdout.write(
    'No Chromium was found; fetching Playwright’s own. Where that is not possible, install one and set PLAYWRIGHT_CHROMIUM.\n',
  )
  return run(bin('playwright'), ['install', 'chromium'])
}

const started = Date.now()
for (const [title, command, args] of STEPS) {
  const before = Date.now()
  process.stdout.write(`\n=== ${title}\n`)
  if (!(command ? run(command, args) : browser())) {
    process.stdout.write(`\n${title} failed. Nothing after it was run.\n`)
    process.exit(1)
  }
  process.stdout.write(`--- ${title}: ${((Date.now() - before) / 1000).toFixed(1)} s\n`)
}

/** Counts of a runner's report; a runner that ran nothing has failed. */
function counted(file) {
  const report = JSON.parse(readFileSync(path.join(results, file), 'utf8'))
  const passed = report.numPassedTests ?? report.stats?.expected ?? 0
  const failed = report.numFailedTests ?? report.stats?.unexpected ?? 0
  return { passed, failed }
}

const counts = ['unit.json', 'integration.json', 'faults.json', 'e2e.json'].map(counted)
const empty = counts.some(({ passed }) => passed === 0)
const passed = counts.reduce((sum, one) => sum + one.passed, 0)
const failed = counts.reduce((sum, one) => sum + one.failed, 0)
process.stdout.write(`\nAll of it took ${Math.round((Date.now() - started) / 1000)} s.\n`)
if (empty) process.stdout.write('One of the test runs held no test.\n')
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exit(failed > 0 || empty ? 1 : 0)
