import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { Outbox } from './outbox'
import type { Kept } from './outbox-store'

const OWNER = { account: 'ana', channel: 'doc', writer: 'writer-a' }

/** Updates of a document that gains one letter at a time. */
function updates(count: number): Uint8Array[] {
  const doc = new Y.Doc()
  const made: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => made.push(update))
  for (let i = 0; i < count; i++) doc.getText('t').insert(i, 'x')
  return made
}

const refs = (items: readonly { ref: number | null }[]) => items.map(({ ref }) => ref)

describe('an outbox', () => {
  it('sends sealed items in order, each once, until they are acknowledged', () => {
    const outbox = new Outbox(OWNER)
    for (const data of updates(3)) outbox.add(data, 1, true)
    expect(refs(outbox.take())).toEqual([1, 2, 3])
    expect(outbox.take()).toEqual([])
    expect(outbox.acknowledge('writer-a', 2)).toEqual([{ ...OWNER, n: 2 }])
    expect(outbox.acknowledge('writer-a', 2)).toEqual([])
    expect(outbox.pending).toBe(2)
    outbox.land()
    expect(refs(outbox.take())).toEqual([1, 3])
    outbox.acknowledgeUpTo('writer-a', 3)
    expect([outbox.pending, outbox.items.length]).toEqual([0, 0])
  })

  it('merges what was never sent, counts the changes, and holds it until it is stored', () => {
    const outbox = new Outbox(OWNER)
    const made = updates(100)
    for (const data of made) outbox.add(data, 1, false)
    const { put, drop } = outbox.seal()
    expect(put).toMatchObject([{ writer: 'writer-a', n: 1, ref: 1, edits: 100 }])
    expect(drop).toHaveLength(100)
    const doc = new Y.Doc()
    Y.applyUpdate(doc, put[0]?.data ?? new Uint8Array())
    expect(doc.getText('t').toString()).toBe('x'.repeat(100))
    expect(outbox.pending).toBe(100)
    expect(outbox.take()).toEqual([])
    outbox.confirm()
    expect(refs(outbox.take())).toEqual([1])
  })

  it('merges ten thousand changes in a moment', () => {
    const outbox = new Outbox(OWNER)
    for (const data of updates(10_000)) outbox.add(data, 1, false)
    const started = performance.now()
    expect(outbox.seal().put).toHaveLength(1)
    expect(performance.now() - started).toBeLessThan(2000)
  })

  it('keeps merged entries to a moderate size', () => {
    const outbox = new Outbox(OWNER)
    const doc = new Y.Doc()
    doc.on('update', (update: Uint8Array) => outbox.add(update, 1, false))
    for (let i = 0; i < 5; i++) doc.getText('t').insert(0, 'y'.repeat(100_000))
    const { put } = outbox.seal()
    expect(put.map(({ ref, edits }) => [ref, edits])).toEqual([
      [1, 2],
      [2, 2],
      [3, 1],
    ])
  })

  it('flows only while nothing waits and there is room', () => {
    const outbox = new Outbox(OWNER)
    expect(outbox.flows).toBe(true)
    outbox.add(new Uint8Array(10), 1, true)
    expect(outbox.flows).toBe(false)
    outbox.take()
    expect(outbox.flows).toBe(true)
    outbox.add(new Uint8Array(3 * 1024 * 1024), 1, true)
    outbox.take()
    outbox.acknowledge('writer-a', 1)
    expect(outbox.flows).toBe(false)
  })

  it('sets aside an item with all that builds on it, and revives it', () => {
    const outbox = new Outbox(OWNER)
    for (const data of updates(3)) outbox.add(data, 1, true)
    const [, second] = outbox.take()
    const aside = outbox.setAside({ code: 'forbidden', reason: 'no' }, second)
    expect(refs(aside)).toEqual([2, 3])
    expect(outbox.refused).toEqual({ count: 2, code: 'forbidden', reason: 'no' })
    expect(outbox.pending).toBe(1)
    expect(refs(outbox.revive('forbidden'))).toEqual([2, 3])
    outbox.land()
    expect(refs(outbox.take())).toEqual([1, 2, 3])
  })

  it('sends what an earlier tab sealed as it was, and what it did not under a new name, afterwards', () => {
    const [a, b, c] = updates(3)
    const kept = (n: number, ref: number | null, data: Uint8Array | undefined): Kept => ({
      ...OWNER,
      n,
      ref,
      data: data ?? new Uint8Array(),
      edits: 1,
      refused: null,
    })
    const outbox = new Outbox(OWNER, [kept(4, 3, a), kept(5, null, b), kept(6, null, c)])
    const { put, drop } = outbox.seal('writer-b')
    expect(put).toMatchObject([{ writer: 'writer-b', n: 1, ref: 1, edits: 2 }])
    expect(drop?.map(({ writer, n }) => [writer, n])).toEqual([
      ['writer-a', 5],
      ['writer-a', 6],
    ])
    outbox.confirm()
    expect(outbox.take().map(({ writer, ref }) => [writer, ref])).toEqual([['writer-a', 3]])
    expect(outbox.take()).toEqual([])
    outbox.acknowledge('writer-a', 3)
    expect(outbox.take().map(({ writer, ref }) => [writer, ref])).toEqual([['writer-b', 1]])
  })
})
