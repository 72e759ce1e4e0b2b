import { execFileSync } from 'node:child_process'
import os from 'node:os'
import { expect, test } from 'vitest'

const { PRIORITY_BELOW_NORMAL } = os.constants.priority
const canStepAside = process.platform === 'linux' && os.getPriority() < PRIORITY_BELOW_NORMAL

test.runIf(canStepAside)('the thread that serves goes before those that Node has beside it', () => {
  const program = `
    const { readdirSync } = await import('node:fs')
    const os = await import('node:os')
    const { serveFirst } = await import('./server/priority.ts')
    serveFirst()
    const beside = readdirSync('/proc/self/task').map(Number).filter((thread) => thread !== process.pid)
    process.stdout.write(JSON.stringify({ first: os.getPriority(), beside: beside.map((one) => os.getPriority(one)) }))
  `
  const args = ['--import', 'tsx', '--input-type=module', '--eval', program]
  const { first, beside } = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }))
  expect(first).toBe(os.getPriority())
  expect(
    beside.filter((priority: number) => priority >= PRIORITY_BELOW_NORMAL).length,
  ).toBeGreaterThanOrEqual(4)
})
