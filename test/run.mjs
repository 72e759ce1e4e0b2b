/** `npm test`: every check and every test, cheapest first; stops at the first that fails. */
import { spawn, spawnSync } from 'node:child_process'
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
  ['Import directions', bin('depcruise'), ['app', 'server', 'db', '--config', '.dependency-cruiser.cjs']],
  ['Dead code', bin('knip'), []],
  ['Build', process.execPath, ['server/build.mjs']],
  ['Types', null, () => types],
  ['Unit and property tests', ...vitest('unit')],
  ['Integration tests', ...vitest('integration')],
  ['Redis', null, redis],
  ['Fault tests', ...vitest('faults')],
  ['Browser', null, browser],
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

/** They use one core for long: they are looked over beside the steps before the one that waits for them. */
const types = new Promise((resolve) => {
  const checking = spawn(bin('tsc'), ['--noEmit'], { cwd: root, stdio: 'inherit' })
  checking.once('exit', (code) => resolve(code === 0))
  // When a step fails before.
  process.once('exit', () => checking.kill())
})

const isDebian = existsSync('/etc/debian_version') && process.getuid?.() === 0

function install(name) {
  process.stdout.write(`Installing Debian’s ${name} …\n`)
  return (
    run('apt-get', ['update', '-qq']) &&
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name])
  )
}

/** Of the tests with several nodes, which are left out without it: found, or installed where that is possible. */
function redis() {
  const found = spawnSync('redis-server', ['--version'], { encoding: 'utf8' })
  if (found.status === 0) process.stdout.write(found.stdout)
  else if (!isDebian || !install('redis-server')) {
    process.stdout.write('There is no redis-server on PATH: the tests with several nodes are left out.\n')
  }
  return true
}

/**
 * The browser of the end-to-end tests: found, or installed where that is possible. The one without windows is first: it
 * takes a third less than a whole Chromium.
 */
function browser() {
  const found = [
    process.env.PLAYWRIGHT_CHROMIUM,
    '/usr/bin/chromium-headless-shell',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ].find((file) => file && existsSync(file))
  if (found) {
    process.stdout.write(`${found}\n`)
    return true
  }
  if (isDebian) return install('chromium-headless-shell') || install('chromium')
  process.stdout.write('No Chromium was found; fetching Playwright’s own …\n')
  if (run(bin('playwright'), ['install', 'chromium'])) return true
  process.stdout.write(
    'That failed. On Debian or Ubuntu run "sudo apt-get install chromium-headless-shell"; elsewhere install Chromium or Chrome and set PLAYWRIGHT_CHROMIUM to its program.\n',
  )
  return false
}

const started = Date.now()
const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`
const took = []
for (const [title, command, args] of STEPS) {
  const before = Date.now()
  process.stdout.write(`\n=== ${title}\n`)
  if (!(command ? run(command, args) : await args())) {
    process.stdout.write(`\n${title} failed after ${seconds(before)}. Nothing after it was run.\n`)
    process.exit(1)
  }
  took.push(`${title.padEnd(26)} ${seconds(before).padStart(8)}`)
  process.stdout.write(`--- ${title}: ${seconds(before)}\n`)
}

/** Counts of a runner's report. */
function counted(name) {
  const report = JSON.parse(readFileSync(path.join(results, `${name}.json`), 'utf8'))
  if (report.stats) {
    const { expected: passed, unexpected: failed, skipped, flaky } = report.stats
    return { name, passed, failed, skipped, flaky }
  }
  // Vitest keeps what the first try failed with beside a test that passed the second time.
  const again = report.testResults
    .flatMap((file) => file.assertionResults)
    .filter(({ status, failureMessages }) => status === 'passed' && failureMessages.length > 0)
  for (const { fullName } of again) process.stdout.write(`Passed only when tried again: ${fullName}\n`)
  return {
    name,
    passed: report.numPassedTests - again.length,
    failed: report.numFailedTests,
    skipped: report.numPendingTests,
    flaky: again.length,
  }
}

const counts = ['unit', 'integration', 'faults', 'e2e'].map(counted)
const sum = (kind) => counts.reduce((total, one) => total + one[kind], 0)
const idle = counts.filter(({ passed }) => passed === 0).map(({ name }) => name)
process.stdout.write(
  `\n=== Summary\n${took.join('\n')}\n${'All'.padEnd(26)} ${seconds(started).padStart(8)}\n`,
)
for (const { name, passed, skipped, flaky } of counts) {
  const more = `${skipped ? `, ${skipped} skipped` : ''}${flaky ? `, ${flaky} passed only when tried again: look at them` : ''}`
  process.stdout.write(`${name}: ${passed + flaky} passed${more}\n`)
}
// A runner that ran nothing has not passed.
if (idle.length > 0) process.stdout.write(`No test ran: ${idle.join(', ')}.\n`)
process.stdout.write(`${sum('passed') + sum('flaky')} passed, ${sum('failed') + idle.length} failed\n`)
process.exit(sum('failed') > 0 || idle.length > 0 ? 1 : 0)
