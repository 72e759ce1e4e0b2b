import { execFileSync } from 'node:child_process'
import os from 'node:os'
import { expect, test } from 'vitest'

const { PRIORITY_BELOW_NORMAL } = os.constants.priority
const canStepAside = process.platform === 'linux' && os.getPriority() < PRIORITY_BELOW_NORMAL

test.runIf(canStepAside)('threads that collect garbage step aside, and no others', () => {
  const program = `
    const { readdirSync, readFileSync } = await import('node:fs')
    const { readFile } = await import('node:fs/promises')
    const os = await import('node:os')
    const { serveFirst } = await import('./server/priority.ts')
    await readFile('package.json')
    serveFirst()
    const threads = readdirSync('/proc/self/task').map((thread) => ({
      name: readFileSync('/proc/self/task/' + thread + '/comm', 'utf8').trim(),
      priority: os.getPriority(Number(thread)),
    }))
    process.stdout.write(JSON.stringify(threads))
  `
  const args = ['--import', 'tsx', '--input-type=module', '--eval', program]
  const threads: { name: string; priority: number }[] = JSON.parse(
    execFileSync(process.execPath, args, { encoding: 'utf8' }),
  )
  const aside = threads.filter(({ priority }) => priority >= PRIORITY_BELOW_NORMAL)
  expect(aside).toEqual(threads.filter(({ name }) => name === 'V8Worker'))
  // Before, they have no names.
  const [major = 0] = process.versions.node.split('.').map(Number)
  if (major >= 24) expect(aside.length).toBeGreaterThan(0)
  expect(threads.length - aside.length).toBeGreaterThan(4)
})
