/** What every `Log` must do. Run on the one in memory and on PostgreSQL. */
import { beforeAll, describe, expect, test } from 'vitest'
import { MAX_REPLY_ENTRIES } from '../../server/channels/core/join'
import { unspan } from '../../server/channels/core/span'
import type { Log, NewEntry } from '../../server/channels/log'

export type LogUnderTest = { log: Log; create: (channelId: string) => Promise<void> }

const entry = (ref: number, data = `entry ${ref}`, writer = 'writer-1', userId = 'ana'): NewEntry => ({
  writer,
  ref,
  userId,
  organizationId: 'jp',
  data: Buffer.from(data),
  binds: [],
})

export function logContract(name: string, setUp: () => Promise<LogUnderTest>): void {
  describe(`a log: ${name}`, () => {
    let log: Log
    let create: LogUnderTest['create']
    let created = 0
    const fresh = async () => {
      const id = `channel-${++created}`
      await create(id)
      return id
    }

    beforeAll(async () => {
      const under = await setUp()
      log = under.log
      create = under.create
    })

    test('knows what there is and what there is not', async () => {
      const id = await fresh()
      expect(await log.find(id)).toEqual({ kind: 'document', head: 0, compacted: 0, snapshot: null })
      expect(await log.tail(id, 0)).toEqual({ head: 0, entries: [] })
      expect(await log.find('nothing')).toBeNull()
      expect(await log.tail('nothing', 0)).toBeNull()
    })

    test('gives the heads of many channels at once', async () => {
      const [one, two] = [await fresh(), await fresh()]
      await log.commit([{ channelId: two, base: 0, entries: [entry(1), entry(2)] }])
      expect(await log.heads([one, two, 'nothing'])).toEqual(
        new Map([
          [one, 0],
          [two, 2],
        ]),
      )
      expect(await log.heads([])).toEqual(new Map())
    })

    test('[R12] numbers entries without gaps, in the order given', async () => {
      const id = await fresh()
      expect(await log.commit([{ channelId: id, base: 0, entries: [entry(1), entry(2)] }])).toEqual([true])
      expect(await log.commit([{ channelId: id, base: 2, entries: [entry(3)] }])).toEqual([true])
      const tail = await log.tail(id, 1)
      expect(tail?.head).toBe(3)
      expect(tail?.entries.map(({ seq, ref, data }) => [seq, ref, String(data)])).toEqual([
        [2, 2, 'entry 2'],
        [3, 3, 'entry 3'],
      ])
    })

    test('[R28] gives what entries hold in one piece, to whoever folds them', async () => {
      const id = await fresh()
      expect(await log.span('nothing', 0)).toBeNull()
      expect(await log.span(id, 0)).toEqual({ head: 0, first: 0, last: 0, count: 0, data: Buffer.alloc(0) })
      const bytes = Buffer.from([0, 255, 39, 92, 10, 128])
      const entries = [entry(1), { ...entry(2), data: bytes }, entry(3, 'x'.repeat(300))]
      await log.commit([{ channelId: id, base: 0, entries }])
      const piece = await log.span(id, 1)
      expect(piece).toMatchObject({ head: 3, first: 2, last: 3, count: 2 })
      const held = [...unspan(piece?.data ?? Buffer.alloc(0))].map((data) =>
        Buffer.from(data).toString('hex'),
      )
      expect(held).toEqual([bytes, Buffer.from('x'.repeat(300))].map((data) => data.toString('hex')))
      expect(await log.span(id, 3)).toMatchObject({ head: 3, first: 0, last: 3, count: 0 })
    })

    test('[R13] commits several channels at once, each with its own bytes', async () => {
      const ids = [await fresh(), await fresh(), await fresh()]
      const bytes = Buffer.from([0, 255, 39, 92, 10, 128])
      const commits = ids.map((channelId, i) => ({
        channelId,
        base: 0,
        entries: [entry(1, `first of ${i}`), { ...entry(2), data: Buffer.concat([bytes, Buffer.from([i])]) }],
      }))
      expect(await log.commit(commits)).toEqual([true, true, true])
      for (const [i, id] of ids.entries()) {
        const tail = await log.tail(id, 0)
        expect(tail?.entries.map(({ data }) => data.toString('hex'))).toEqual([
          Buffer.from(`first of ${i}`).toString('hex'),
          Buffer.concat([bytes, Buffer.from([i])]).toString('hex'),
        ])
      }
    })

    test('[R16] stores nothing where the head has moved, and the rest of the batch', async () => {
      const [moved, still] = [await fresh(), await fresh()]
      await log.commit([{ channelId: moved, base: 0, entries: [entry(1)] }])
      const stored = await log.commit([
        { channelId: moved, base: 0, entries: [entry(2)] },
        { channelId: still, base: 0, entries: [entry(1)] },
        { channelId: 'nothing', base: 0, entries: [entry(1)] },
      ])
      expect(stored).toEqual([false, true, false])
      expect((await log.tail(moved, 0))?.entries.map(({ ref }) => ref)).toEqual([1])
      expect((await log.tail(still, 0))?.entries.map(({ ref }) => ref)).toEqual([1])
    })

    test('[R12] two that commit at once: one stores, and no seq is missing', async () => {
      const ids = [await fresh(), await fresh()]
      const writers = Array.from({ length: 8 }, (_, i) => i)
      const heads = new Map(ids.map((id) => [id, 0]))
      let ref = 0
      while (writers.length > 0) {
        const results = await Promise.all(
          writers.map((writer) => {
            const order = writer % 2 ? ids : [...ids].reverse()
            return log.commit(
              order.map((channelId) => ({
                channelId,
                base: heads.get(channelId) ?? 0,
                entries: [entry(++ref, 'x', `writer-${writer}`)],
              })),
            )
          }),
        )
        for (const id of ids) {
          const tail = await log.tail(id, 0)
          expect(tail?.entries.map(({ seq }) => seq)).toEqual(tail?.entries.map((_, i) => i + 1))
          heads.set(id, tail?.head ?? 0)
        }
        expect(results.flat().filter(Boolean).length).toBeGreaterThan(0)
        writers.pop()
      }
    })

    test('[R7] a key is stored once', async () => {
      const id = await fresh()
      await log.commit([{ channelId: id, base: 0, entries: [entry(1)] }])
      await expect(log.commit([{ channelId: id, base: 1, entries: [entry(1)] }])).rejects.toThrow()
      expect((await log.tail(id, 0))?.head).toBe(1)
      expect(await log.seqs(id, [entry(1), entry(2)])).toEqual(new Map([['writer-1 1', 1]]))
    })

    test('[R5] keeps whose client ids are', async () => {
      const id = await fresh()
      const largest = 2 ** 53 - 1
      const entries = [
        { ...entry(1), binds: [7, largest] },
        entry(2),
        { ...entry(3, 'x', 'writer-2', 'bob'), binds: [8] },
      ]
      await log.commit([{ channelId: id, base: 0, entries }])
      const owners = await log.owners(id)
      expect(owners.sort((a, b) => a.clientId - b.clientId)).toEqual([
        { clientId: 7, userId: 'ana' },
        { clientId: 8, userId: 'bob' },
        { clientId: largest, userId: 'ana' },
      ])
    })

    test('[R6] [R21] knows a writer: whose, how far, and up to where without a hole', async () => {
      const id = await fresh()
      expect(await log.writer(id, 'writer-1')).toEqual({ userId: null, highest: 0, acked: 0 })
      await log.commit([{ channelId: id, base: 0, entries: [entry(1), entry(2), entry(5)] }])
      expect(await log.writer(id, 'writer-1')).toEqual({ userId: 'ana', highest: 5, acked: 2 })
    })

    test('[R20] pages a tail by bytes and by number, at least one entry a page', async () => {
      const id = await fresh()
      const large = 'x'.repeat(3 * 1024 * 1024)
      await log.commit([{ channelId: id, base: 0, entries: [1, 2, 3].map((ref) => entry(ref, large)) }])
      expect((await log.tail(id, 0))?.entries.map(({ seq }) => seq)).toEqual([1])
      const huge = 'x'.repeat(5 * 1024 * 1024)
      await log.commit([{ channelId: id, base: 3, entries: [entry(4, huge), entry(5)] }])
      expect((await log.tail(id, 3))?.entries.map(({ seq }) => seq)).toEqual([4])
      const many = Array.from({ length: MAX_REPLY_ENTRIES + 1 }, (_, i) => entry(6 + i, '.'))
      await log.commit([{ channelId: id, base: 5, entries: many }])
      expect((await log.tail(id, 5))?.entries).toHaveLength(MAX_REPLY_ENTRIES)
    })

    test('[R28] keeps the latest snapshot', async () => {
      const id = await fresh()
      await log.commit([{ channelId: id, base: 0, entries: [entry(1), entry(2), entry(3)] }])
      const snapshot = (seq: number) => ({
        seq,
        data: Uint8Array.from([seq, 0, 255]),
        stateVector: Uint8Array.from([0]),
        packed: seq > 2,
        entries: seq,
      })
      await log.keepSnapshot(id, snapshot(2))
      await log.keepSnapshot(id, snapshot(1))
      expect(await log.snapshot(id)).toMatchObject({ seq: 2, data: Buffer.from([2, 0, 255]), packed: false })
      await log.keepSnapshot(id, snapshot(3))
      expect(await log.snapshot(id)).toMatchObject({ seq: 3, packed: true })
      expect(await log.find(id)).toMatchObject({
        ...{ head: 3, compacted: 0 },
        snapshot: { seq: 3, stateVector: Buffer.from([0]), bytes: 3, packed: true },
      })
    })
  })
}
