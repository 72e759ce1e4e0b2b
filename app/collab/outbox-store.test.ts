import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import { indexedDbStore } from './outbox-indexeddb'
import { type Kept, memoryStore } from './outbox-store'

const kept = (account: string, channel: string, writer: string, n: number, edits = 1): Kept => ({
  account,
  channel,
  writer,
  n,
  ref: null,
  data: new Uint8Array([n]),
  edits,
  refused: null,
})

let stores = 0
const EVERY = [
  ['memory', () => memoryStore()],
  ['the browser’s database', () => indexedDbStore(`outbox-${++stores}`)],
] as const

describe.each(EVERY)('a store in %s', (_, make) => {
  it('gives back what it was given, by writer and order, of this account and channel only', async () => {
    const store = make()
    const all = [
      kept('ana', 'doc', 'w2', 1),
      kept('ana', 'doc', 'w1', 10),
      kept('ana', 'doc', 'w1', 9),
      kept('ana', 'doc2', 'w3', 1, 5),
      kept('ana2', 'doc', 'w4', 1),
    ]
    await store.write({ put: all }, true)
    const found = await store.load('ana', 'doc')
    expect(found.map(({ writer, n }) => [writer, n])).toEqual([
      ['w1', 9],
      ['w1', 10],
      ['w2', 1],
    ])
    expect(found[0]).toEqual(all[2])
    expect(await store.counts('ana')).toEqual(
      new Map([
        ['doc', 3],
        ['doc2', 5],
      ]),
    )
  })

  it('drops before it puts, in the order of the calls', async () => {
    const store = make()
    await Promise.all([
      store.write({ put: [kept('ana', 'doc', 'w', 1), kept('ana', 'doc', 'w', 2)] }, true),
      store.write({ put: [kept('ana', 'doc', 'w', 1, 7)], drop: [kept('ana', 'doc', 'w', 1)] }, false),
      store.write({ drop: [kept('ana', 'doc', 'w', 2)] }, false),
    ])
    expect((await store.load('ana', 'doc')).map(({ n, edits }) => [n, edits])).toEqual([[1, 7]])
  })

  it('clears one account', async () => {
    const store = make()
    await store.write({ put: [kept('ana', 'doc', 'w', 1), kept('ben', 'doc', 'w', 1)] }, true)
    await store.clear('ana')
    expect((await store.counts('ana')).size).toBe(0)
    expect((await store.counts('ben')).size).toBe(1)
  })
})

describe('the browser’s database', () => {
  it('outlives the tab', async () => {
    await indexedDbStore('lasting').write({ put: [kept('ana', 'doc', 'w', 1)] }, true)
    expect((await indexedDbStore('lasting').counts('ana')).get('doc')).toBe(1)
  })
})
