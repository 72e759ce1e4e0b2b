/**
 * This node among the others. What it tells may be lost, and it may be alone with it for a while: entries are read in
 * the log then, and people asked for again.
 */
import { randomUUID } from 'node:crypto'
import type { EntriesFrame, PeopleFrame, Person } from '../../app/domain/channel-protocol'
import { Others } from './core/others'
import { type HeardMessage, heardTogether, type NodeMessage, nodeMessage } from './node-message'

const BEAT_MS = 1000
/** What this node tells comes back to it. After this long without, nobody is listening. */
const DEAF_MS = 3000
/** Several ask at once. */
const ANSWER_MS = 100
/** Longer frames are read in the log, so that the way between nodes holds little memory; nor do more go together. */
const LONG_BYTES = 64 * 1024

/** Carries messages to all nodes, this one too, or nowhere. Never waits, never fails. */
export type Tell = (told: { from: string; messages: NodeMessage[] }) => void

export type NodesHooks = {
  now: () => number
  /** This node's people, by channel. */
  people(): [string, Person[]][]
  entries(frame: EntriesFrame): void
  moved(channelId: string): void
  changed(frame: PeopleFrame): void
}

export class Nodes {
  readonly #id = randomUUID()
  readonly #tell: Tell
  readonly #hooks: NodesHooks
  readonly #others = new Others()
  readonly #beat: NodeJS.Timeout
  /** Counts the changes among this node's people. */
  #nth = 0
  #echoedAt: number
  /** Since when nothing was missed. */
  #since: number
  #closed = false
  /** Said in this turn. */
  #said: NodeMessage[] = []
  #saidBytes = 0
  #answer: NodeJS.Timeout | null = null

  constructor(tell: Tell, hooks: NodesHooks) {
    this.#tell = tell
    this.#hooks = hooks
    // Taken for heard until the contrary is known.
    this.#echoedAt = hooks.now()
    this.#since = this.#echoedAt
    this.#beat = setInterval(() => this.#alive(), BEAT_MS).unref()
    this.#alive()
  }

  /** How many others live. */
  get others(): number {
    return this.#others.size
  }

  /** What this node tells is heard: it comes back. */
  get heard(): boolean {
    return this.#hooks.now() - this.#echoedAt < DEAF_MS
  }

  peopleIn(channelId: string): Person[] {
    return this.#others.peopleIn(channelId)
  }

  /** Committed here. */
  entries({ channel, entries }: EntriesFrame): void {
    const bytes = entries.reduce((sum, [, , , data]) => sum + data.length, 0)
    if (bytes > LONG_BYTES) return void this.#say({ is: 'moved', channel })
    if (this.#saidBytes + bytes > LONG_BYTES) this.#tellSaid()
    this.#saidBytes += bytes
    this.#say({ is: 'entries', channel, entries })
  }

  /** Changed here. */
  people(frame: PeopleFrame): void {
    this.#say({ is: 'people', nth: ++this.#nth, ...frame })
  }

  /** Takes in what came from a node, perhaps this one. */
  hear(raw: unknown): void {
    const heard = heardTogether.safeParse(raw)
    if (!heard.success) return
    const { from, messages } = heard.data
    if (from === this.#id) return void this.#echo()
    for (const message of messages) {
      const known = nodeMessage.safeParse(message)
      if (known.success) this.#take(from, known.data)
    }
  }

  close(): void {
    clearInterval(this.#beat)
    clearTimeout(this.#answer ?? undefined)
    this.#say({ is: 'gone' })
    this.#tellSaid()
    this.#closed = true
  }

  #take(from: string, message: HeardMessage): void {
    const now = this.#hooks.now()
    switch (message.is) {
      case 'entries':
        this.#hooks.entries(message)
        break
      case 'moved':
        this.#hooks.moved(message.channel)
        break
      case 'people': {
        const { nth, channel, here, left } = message
        this.#others.change(from, nth, message, now)
        this.#hooks.changed({ channel, here, left })
        break
      }
      case 'alive':
        if (this.#others.lives(from, message.nth, now)) this.#say({ is: 'ask', node: from })
        break
      case 'ask':
        if (message.node === this.#id) this.#answer ??= setTimeout(() => this.#all(), ANSWER_MS).unref()
        break
      case 'all':
        this.#changed(this.#others.replace(from, message.nth, message.people, now))
        break
      case 'gone':
        this.#changed(this.#others.drop(from))
    }
  }

  #say(message: NodeMessage): void {
    if (this.heard && !this.#closed) this.#add(message)
  }

  /** A commit has entries of many channels: on their way between nodes, one message costs as much as an edit. */
  #add(message: NodeMessage): void {
    if (this.#said.push(message) === 1) queueMicrotask(() => this.#tellSaid())
  }

  #tellSaid(): void {
    const messages = this.#said
    this.#said = []
    this.#saidBytes = 0
    if (messages.length > 0) this.#tell({ from: this.#id, messages })
  }

  /** Said even if nobody listens: it finds out when somebody does again. */
  #alive(): void {
    this.#add({ is: 'alive', nth: this.#nth })
  }

  #all(): void {
    this.#answer = null
    this.#say({ is: 'all', nth: this.#nth, people: this.#hooks.people() })
  }

  #echo(): void {
    const now = this.#hooks.now()
    if (!this.heard) this.#since = now
    this.#echoedAt = now
    this.#changed(this.#others.dropSilent(now, this.#since))
  }

  #changed(frames: readonly PeopleFrame[]): void {
    for (const frame of frames) this.#hooks.changed(frame)
  }
}
