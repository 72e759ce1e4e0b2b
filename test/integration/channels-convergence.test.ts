/** A recorded session of two people typing into one text, replayed through the running server. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { testDatabase } from '../harness/database'
import { LiveReplica, type LiveServer, startLive } from '../harness/live-server'

const trace = z.object({
  endContent: z.string(),
  txns: z.array(
    z.object({
      parents: z.array(z.number()),
      agent: z.number(),
      patches: z.array(z.tuple([z.number(), z.number(), z.string()])),
    }),
  ),
})

const file = new URL('../fixtures/traces/friendsforever.json.gz', import.meta.url)
const { txns, endContent } = trace.parse(JSON.parse(gunzipSync(readFileSync(file)).toString()))

let live: LiveServer
beforeAll(async () => {
  const { db } = await testDatabase()
  live = await startLive(db)
})
afterAll(() => live.stop())

test('[R11] [R12] two authors who each see what their recording says end with the recorded text', async () => {
  const channel = await live.channel({ ana: 'write', bob: 'write', eve: 'read' })
  const authors = [new LiveReplica(channel, 'writer-ana'), new LiveReplica(channel, 'writer-bob')] as const
  const names = ['ana', 'bob']
  for (const [i, replica] of authors.entries()) {
    const socket = await live.connect(names[i] ?? '')
    await replica.attach(socket)
  }
  // What a transaction's author had seen: how many of each agent's transactions, through all its parents.
  const seen: [number, number][] = []
  const counts: [number, number] = [0, 0]
  /** After how many transactions of an agent the other one has looked. */
  const cuts = [new Set<number>(), new Set<number>()]
  for (const { parents, agent } of txns) {
    const known: [number, number] = [0, 0]
    for (const parent of parents) {
      const at = seen[parent]
      if (!at) throw new Error('a parent comes later')
      known[0] = Math.max(known[0], at[0])
      known[1] = Math.max(known[1], at[1])
    }
    const own = agent === 0 ? 0 : 1
    expect(known[own]).toBe(counts[own])
    counts[own]++
    known[own]++
    seen.push(known)
    cuts[1 - own]?.add(known[1 - own] ?? 0)
  }

  // Each author types what comes in a row as one update, as a browser does; frames of the other are taken in only
  // when the recording says that the author had seen them.
  const gates = authors.map((replica) => gate(replica))
  const refOf: [number[], number[]] = [[], []]
  const done: [number, number] = [0, 0]
  for (let i = 0; i < txns.length; ) {
    const agent = txns[i]?.agent === 0 ? 0 : 1
    const other = agent === 0 ? 1 : 0
    const needs = seen[i]?.[other] ?? 0
    const replica = authors[agent]
    if (needs > 0) await gates[agent]?.seen(authors[other].writer, refOf[other][needs - 1] ?? 0)
    let ref = 0
    const before = new Set(replica.outbox.keys())
    replica.doc.transact(() => {
      const text = replica.doc.getText('t')
      for (; i < txns.length; i++) {
        const txn = txns[i]
        if (!txn || (txn.agent === 0 ? 0 : 1) !== agent || (seen[i]?.[other] ?? 0) !== needs) break
        for (const [at, deleted, inserted] of txn.patches) {
          if (deleted > 0) text.delete(at, deleted)
          if (inserted) text.insert(at, inserted)
        }
        done[agent]++
        if (cuts[agent]?.has(done[agent])) {
          i++
          break
        }
      }
    })
    for (const key of replica.outbox.keys()) if (!before.has(key)) ref = key
    while (refOf[agent].length < done[agent]) refOf[agent].push(ref)
  }
  for (const each of gates) each.open()
  for (const [i, replica] of authors.entries()) {
    const other = authors[1 - i] ?? replica
    await replica.until(() => replica.outbox.size === 0 && replica.since > 0 && other.outbox.size === 0)
  }
  const head = (await live.engine.load(channel))?.seq ?? 0
  expect(head).toBeGreaterThan(1000)
  for (const replica of authors) {
    await replica.until(() => replica.since >= head)
    expect(replica.refusals).toEqual([])
    expect(replica.doc.getText('t').toString()).toBe(endContent)
  }
  const third = new LiveReplica(channel, 'writer-eve')
  await third.attach(await live.connect('eve'))
  expect(third.doc.getText('t').toString()).toBe(endContent)
}, 60_000)

/** Holds back the frames of other writers until the test asks for one of them. */
function gate(replica: LiveReplica) {
  const take = replica.take.bind(replica)
  type Entries = Parameters<typeof take>[0]
  let waiting: Entries[number][] = []
  let opened = false
  let taken = 0
  replica.take = (entries) => {
    take(entries.filter(([, writer]) => opened || writer === replica.writer))
    if (!opened) waiting.push(...entries.filter(([, writer]) => writer !== replica.writer))
  }
  return {
    /** Waits for an entry and takes in everything up to it. */
    async seen(writer: string, ref: number): Promise<void> {
      let last = -1
      const find = () => {
        last = waiting.findLastIndex((entry) => entry[1] === writer && entry[2] <= ref)
        return waiting.some((entry) => entry[1] === writer && entry[2] >= ref)
      }
      if (taken >= ref) return
      await replica.until(find)
      take(waiting.slice(0, last + 1))
      waiting = waiting.slice(last + 1)
      taken = ref
    },
    open(): void {
      opened = true
      take(waiting)
      waiting = []
    },
  }
}
