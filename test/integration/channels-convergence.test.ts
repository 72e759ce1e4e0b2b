/**
 * A recorded session of two people typing into one text at once, replayed through the running server by the portal's
 * own client. Each person sees of the other only what the recording says that they had seen.
 */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { z } from 'zod'
import { type Connection, connect } from '../../app/collab/connection'
import { openDocument } from '../../app/collab/document'
import type { Status } from '../../app/collab/document-types'
import { memoryStore } from '../../app/collab/outbox-store'
import { memoryLocks } from '../../app/collab/writer-locks'
import { testDatabase } from '../harness/database'
import { type LiveServer, startLive } from '../harness/live-server'

const trace = z.object({
  endContent: z.string(),
  txns: z.array(
    z.object({
      parents: z.array(z.number()),
      agent: z.union([z.literal(0), z.literal(1)]),
      patches: z.array(z.tuple([z.number(), z.number(), z.string()])),
    }),
  ),
})

const file = new URL('../fixtures/traces/friendsforever.json.gz', import.meta.url)
const { txns, endContent } = trace.parse(JSON.parse(gunzipSync(readFileSync(file)).toString()))

let live: LiveServer
const connections: Connection[] = []
beforeAll(async () => {
  const { db } = await testDatabase()
  live = await startLive(db)
})
afterAll(async () => {
  for (const connection of connections) connection.close()
  await live.stop()
})

/** Somebody at a screen: `screen` is what they see and type into, `page` the document that the portal's client keeps. */
class Author {
  readonly screen = new Y.Doc()
  readonly text = this.screen.getText('t')
  readonly page: ReturnType<typeof openDocument>
  /** Came from others, and was not looked at yet. */
  readonly #unseen: Uint8Array[] = []

  /**
   * Of two who write at one place at once, Yjs lets the smaller client id come first; the recording did so with its
   * first author, and its later positions count on it.
   */
  constructor(name: string, channelId: string, nth: number) {
    this.screen.clientID = 1000 + nth
    const connection = connect({ url: live.url, headers: { authorization: `Bearer ${name}` } })
    connections.push(connection)
    this.page = openDocument({
      connection,
      channelId,
      account: name,
      store: memoryStore(),
      locks: memoryLocks(),
    })
    this.screen.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'heard') Y.applyUpdate(this.page.doc, update, 'typed')
    })
    this.page.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'typed') this.#unseen.push(update)
    })
  }

  async status(is: (status: Status) => boolean): Promise<void> {
    if (is(this.page.status.get())) return
    await new Promise<void>((resolve) => {
      const stop = this.page.status.subscribe(() => {
        if (!is(this.page.status.get())) return
        stop()
        resolve()
      })
    })
  }

  saved = () => this.status(({ state, synced }) => synced && state === 'saved')

  /** Looks at what the other has written up to a clock, and at nothing that came later. */
  async see(other: Author, clock: number): Promise<void> {
    const seen = (doc: Y.Doc) => Y.decodeStateVector(Y.encodeStateVector(doc)).get(other.screen.clientID) ?? 0
    while (seen(this.screen) < clock) {
      const update = this.#unseen.shift()
      if (update) Y.applyUpdate(this.screen, update, 'heard')
      else await new Promise((resolve) => this.page.doc.once('update', resolve))
    }
    expect(seen(this.screen)).toBe(clock)
  }

  seeAll(): void {
    for (const update of this.#unseen.splice(0)) Y.applyUpdate(this.screen, update, 'heard')
  }

  get clock(): number {
    return Y.decodeStateVector(Y.encodeStateVector(this.screen)).get(this.screen.clientID) ?? 0
  }
}

type Pair = [number, number]

/** For each transaction: how many of each author's its author had seen, itself left out. */
function whatWasSeen(): Pair[] {
  const after: Pair[] = []
  const counts: Pair = [0, 0]
  return txns.map(({ parents, agent }) => {
    const seen: Pair = [0, 0]
    for (const parent of parents) {
      const [a, b] = after[parent] ?? [0, 0]
      seen[0] = Math.max(seen[0], a)
      seen[1] = Math.max(seen[1], b)
    }
    // Everybody has seen their own.
    expect(seen[agent]).toBe(counts[agent])
    counts[agent]++
    after.push(agent === 0 ? [seen[0] + 1, seen[1]] : [seen[0], seen[1] + 1])
    return seen
  })
}

test('[R11] [R12] two authors who each see what their recording says end with the recorded text', async () => {
  const channel = await live.channel({ ana: 'write', bob: 'write', eve: 'read' })
  const authors = [new Author('ana', channel, 0), new Author('bob', channel, 1)] as const
  await Promise.all(authors.map((author) => author.saved()))
  const seen = whatWasSeen()
  /** After how many of an author's transactions the other one looked: there their typing has to arrive by itself. */
  const looks = [new Set<number>(), new Set<number>()]
  for (const [i, { agent }] of txns.entries()) looks[1 - agent]?.add(seen[i]?.[1 - agent] ?? 0)
  /** An author's clock after so many of their transactions. */
  const clocks = [new Map<number, number>(), new Map<number, number>()]
  const done: Pair = [0, 0]

  for (let i = 0; i < txns.length; ) {
    const { agent } = txns[i] ?? { agent: 0 }
    const author = authors[agent]
    const other = agent === 0 ? 1 : 0
    const count = seen[i]?.[other] ?? 0
    await author.see(authors[other], clocks[other]?.get(count) ?? 0)
    // What somebody types in a row is one update, as in an editor.
    author.screen.transact(() => {
      do {
        for (const [at, deleted, inserted] of txns[i]?.patches ?? []) {
          if (deleted > 0) author.text.delete(at, deleted)
          if (inserted) author.text.insert(at, inserted)
        }
        i++
        done[agent]++
      } while (txns[i]?.agent === agent && seen[i]?.[other] === count && !looks[agent]?.has(done[agent]))
      // Deletions alone move no clock: this does, so that the other knows when it has come.
      author.screen.getMap('typed').set(String(agent), done[agent])
    })
    clocks[agent]?.set(done[agent], author.clock)
    if (looks[agent]?.has(done[agent])) await author.saved()
  }

  await Promise.all(authors.map((author) => author.saved()))
  const third = new Author('eve', channel, 2)
  await third.status(({ synced }) => synced)
  expect(third.page.doc.getText('t').toString()).toBe(endContent)
  for (const [i, author] of authors.entries()) {
    const other = authors[1 - i] ?? author
    await author.see(other, other.clock)
    author.seeAll()
    expect(author.text.toString()).toBe(endContent)
    expect(author.page.doc.getText('t').toString()).toBe(endContent)
  }
  const state = await live.engine.load(channel)
  expect(state?.seq).toBeGreaterThan(1000)
}, 180_000)
