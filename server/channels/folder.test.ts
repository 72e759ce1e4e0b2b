import { readdirSync, readFileSync } from 'node:fs'
import os from 'node:os'
import { afterAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { span } from './core/span'
import { Folder } from './folder'

/** As stat tells them; fields after the name, which may hold blanks. */
const priorities = () =>
  readdirSync('/proc/self/task').map((thread) =>
    Number(readFileSync(`/proc/self/task/${thread}/stat`, 'utf8').split(') ').pop()?.split(' ')[16]),
  )

describe('updates folded in a worker', () => {
  const folder = new Folder()
  afterAll(() => folder.close())

  const typed = () => {
    const updates: Uint8Array[] = []
    const doc = new Y.Doc()
    doc.on('update', (update: Uint8Array) => updates.push(update))
    for (const letter of 'abc') doc.getText('t').insert(doc.getText('t').length, letter)
    return updates
  }

  test('say the same in one', async () => {
    const { data } = await folder.fold({ base: null, pieces: [span(typed())], packFrom: null })
    const doc = new Y.Doc()
    Y.applyUpdate(doc, data)
    expect(doc.getText('t').toString()).toBe('abc')
  })

  test('a gap is refused, and the next request is answered', async () => {
    const withGap = { base: null, pieces: [span(typed().filter((_, nth) => nth !== 1))], packFrom: null }
    await expect(folder.fold(withGap)).rejects.toThrow('gap')
    await expect(folder.fold({ base: null, pieces: [span(typed())], packFrom: null })).resolves.toBeTruthy()
  })

  const { PRIORITY_BELOW_NORMAL } = os.constants.priority
  const canStepAside = process.platform === 'linux' && os.getPriority() < PRIORITY_BELOW_NORMAL
  test.runIf(canStepAside)('waits for whoever writes, where cores are few', async () => {
    await folder.fold({ base: null, pieces: [span(typed())], packFrom: null })
    expect(priorities().filter((priority) => priority >= PRIORITY_BELOW_NORMAL)).toHaveLength(1)
    expect(os.getPriority()).toBeLessThan(PRIORITY_BELOW_NORMAL)
  })
})
