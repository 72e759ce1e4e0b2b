/**
 * Ten people who write three documents over two real nodes through the portal's own client, while a test breaks
 * something; and what must hold after it. The random choices are of a seed that is printed; `FAULT_SEED` repeats it.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { expect } from 'vitest'
import * as Y from 'yjs'
import { type Connection, connect } from '../../app/collab/connection'
import { openDocument } from '../../app/collab/document'
import type { OpenDocument } from '../../app/collab/document-types'
import type { KeepAside } from '../../app/collab/keep-aside'
import { memoryStore } from '../../app/collab/outbox-store'
import { memoryLocks } from '../../app/collab/writer-locks'
import { NodeCluster } from './node-cluster'
import { signIn, startProposal } from './portal-process'
import { seededRandom } from './seeded-random'

const CLIENTS = 10
const DOCUMENTS = 3
const WAIT_MS = 90_000

export type Client = { name: string; connection: Connection; document: OpenDocument; written: string[] }

export class Crowd {
  readonly cluster: NodeCluster
  readonly database: pg.Pool
  readonly channels: string[] = []
  readonly random: () => number
  clients: Client[] = []
  cookies: string[] = []
  readonly #savedAt = new WeakMap<Client, number>()
  readonly #opened: Connection[] = []

  private constructor(cluster: NodeCluster, seed: number) {
    this.cluster = cluster
    this.random = seededRandom(seed)
    this.database = new pg.Pool({ connectionString: cluster.database.url })
    this.database.on('error', () => {})
  }

  /** `folder`: where the database and all else is; a new one when left out. */
  static async start(folder?: string): Promise<Crowd> {
    const seed = Number(process.env.FAULT_SEED ?? Date.now() % 1_000_000)
    process.stdout.write(`seed ${seed}\n`)
    const crowd = new Crowd(await NodeCluster.start(2, folder), seed)
    try {
      await crowd.#gather()
    } catch (error) {
      await crowd.stop()
      throw error
    }
    return crowd
  }

  async #gather(): Promise<void> {
    const { cluster, channels } = this
    const people = [cluster.account('head'), cluster.account('delegate')]
    this.cookies = await Promise.all(people.map((person) => signIn(cluster.origin, person)))
    for (let i = 0; i < DOCUMENTS; i++) {
      channels.push(await startProposal(cluster.origin, cluster.folder, this.cookies[0] ?? ''))
    }
    const users = await Promise.all(people.map(({ email }) => this.userOf(email)))
    this.clients = Array.from({ length: CLIENTS }, (_, i) => {
      const name = `client-${i}`
      const headers = { cookie: this.cookies[i % 2] ?? '', ...cluster.proxy.headers(name) }
      const opened = this.open(cluster.origin, headers, channels[i % DOCUMENTS] ?? '', users[i % 2] ?? '')
      return { name, ...opened, written: [] }
    })
    await this.allAre(isSaved)
  }

  /** A tab of somebody's, with a document open; it is closed when the crowd stops, if not before. */
  open(
    url: string,
    headers: Record<string, string>,
    channelId: string,
    account: string,
    keepAside?: KeepAside,
  ) {
    const connection = connect({ url, headers })
    this.#opened.push(connection)
    const [store, locks] = [memoryStore(), memoryLocks()]
    return { connection, document: openDocument({ connection, channelId, account, store, locks, keepAside }) }
  }

  async stop(): Promise<void> {
    for (const connection of this.#opened) connection.close()
    await this.database.end()
    await this.cluster.stop()
  }

  /** Those in the `nth` document. */
  in(nth: number): Client[] {
    return this.clients.filter((_, i) => i % DOCUMENTS === nth)
  }

  /** Everybody writes before, during and after a fault; then all that must hold is looked at. */
  async during(title: string, fault: () => Promise<unknown>): Promise<void> {
    let writing = true
    const typing = this.clients.map(async (client) => {
      while (writing) {
        this.write(client)
        await sleep(50 + this.random() * 150)
      }
    })
    try {
      await sleep(500)
      await fault()
      print(title, await this.word())
      await sleep(500)
    } finally {
      writing = false
      await Promise.all(typing)
    }
    await this.allHolds()
  }

  write(client: Client): string {
    const text = `${client.name} ${client.written.length}`
    client.written.push(text)
    const words = client.document.doc.getArray<string>('words')
    words.insert(Math.floor(this.random() * (words.length + 1)), [text])
    return text
  }

  /** Each writes one word more. Gives how long it takes until all are saved, and seen by each who is in the document. */
  async word(by: readonly Client[] = this.clients): Promise<number> {
    const started = performance.now()
    const words = by.map((client) => ({ client, text: this.write(client) }))
    await this.until('a word is with everybody', () => {
      if (!by.every((client) => this.#isSavedSince(client, started))) return false
      return words.every(({ client, text }) =>
        by.every((other) => other.document.channelId !== client.document.channelId || holds(other, text)),
      )
    })
    return performance.now() - started
  }

  /** Saved once since then, as people go on writing. */
  #isSavedSince(client: Client, started: number): boolean {
    const { state, lastSavedAt } = client.document.status.get()
    if (state === 'saved' && lastSavedAt) this.#savedAt.set(client, performance.now())
    return (this.#savedAt.get(client) ?? 0) > started
  }

  /** Equal everywhere, and the same as the log: every word that was written, once. */
  async allHolds(): Promise<void> {
    await this.allAre(isSaved)
    for (const channel of this.channels) {
      const here = this.clients.filter(({ document }) => document.channelId === channel)
      const log = await this.logOf(channel)
      const whole = new Y.Doc()
      for (const { data } of log) Y.applyUpdate(whole, data)
      const expected = whole.getArray<string>('words').toArray()
      const all = here.flatMap(({ written }) => written)
      expect([...expected].sort()).toEqual([...all].sort())
      expect(log.map(({ seq }) => seq)).toEqual(log.map((_, i) => i + 1))
      expect(new Set(log.map(({ writer, ref }) => `${writer} ${ref}`)).size).toBe(log.length)
      await this.until('all are equal', () =>
        here.every((client) => JSON.stringify(wordsOf(client)) === JSON.stringify(expected)),
      )
      const present = here.length
      await this.until('everybody is here once', () =>
        here.every(({ document }) => document.people.get().length === present),
      )
      for (const { document } of here) {
        expect(document.status.get().refused).toBeNull()
        expect(Y.encodeStateVector(document.doc)).toEqual(Y.encodeStateVector(whole))
      }
    }
  }

  allAre(holds: (client: Client) => boolean): Promise<void> {
    return this.until('everybody is there', () => this.clients.every(holds))
  }

  /** `within`: how long it may take, in milliseconds, where the usual wait would hide that it comes too late. */
  async until(what: string, holds: () => boolean | Promise<boolean>, within = WAIT_MS): Promise<void> {
    const late = performance.now() + within
    while (!(await holds())) {
      if (performance.now() > late) throw new Error(`waited in vain: ${what}\n${this.#situation()}`)
      await sleep(10)
    }
  }

  #situation(): string {
    return [
      ...this.clients.map(({ name, document }) => `${name} ${JSON.stringify(document.status.get())}`),
      ...this.cluster.nodes.map(({ portal }) => portal.output().slice(-2000)),
    ].join('\n')
  }

  /** Lets half of the clients come anew: after a restart everybody is where the proxy found a node. */
  async spread(): Promise<void> {
    for (const { name } of this.clients.slice(0, CLIENTS / 2)) this.cluster.proxy.drop(name)
    await sleep(100)
    await this.allAre(({ connection }) => connection.state === 'connected')
  }

  /** Whose connection is with the `nth` node now. */
  clientsOf(nth: number): Client[] {
    const { proxy } = this.cluster
    return this.clients.filter(({ name }) => proxy.portOf(name) === this.cluster.node(nth).port)
  }

  async userOf(email: string): Promise<string> {
    const { rows } = await this.database.query<{ id: string }>('select id from "user" where email = $1', [
      email,
    ])
    return rows[0]?.id ?? ''
  }

  async logOf(channel: string): Promise<Entry[]> {
    const { rows } = await this.database.query<Entry>(
      'select seq::int, writer, ref::int, data from channel_entries where channel_id = $1 order by seq',
      [channel],
    )
    return rows
  }
}

type Entry = { seq: number; writer: string; ref: number; data: Buffer }

const isSaved = ({ document }: Client) => {
  const { state, synced } = document.status.get()
  return synced && state === 'saved'
}
const wordsOf = ({ document }: Client) => document.doc.getArray<string>('words').toArray()
const holds = (client: Client, text: string) => wordsOf(client).includes(text)

/** One figure, or the middle and the largest of several. */
export function print(title: string, ...took: number[]): void {
  const figures = took.map(Math.round).sort((a, b) => a - b)
  const [first] = figures
  const text =
    figures.length > 1 ? `${figures[Math.floor(figures.length / 2)]} ms, at most ${figures.at(-1)}` : first
  process.stdout.write(`${title}: ${text} ms\n`)
}
