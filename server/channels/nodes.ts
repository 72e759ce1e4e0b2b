/**
 * This node among the others. What it tells may be lost, and it may be alone with it for a while: entries are read in
 * the log then, and people asked for again.
 */
import { randomUUID } from 'node:crypto'
import type { EntriesFrame, PeopleFrame, Person } from '../../app/domain/channel-protocol'
import { Others } from './core/others'
import { type HeardMessage, heardMessage, type NodeMessage } from './node-message'

const BEAT_MS = 1000
/** What this node tells comes back to it. After this long without, nobody is listening. */
const DEAF_MS = 3000
/** Several ask at once. */
const ANSWER_MS = 100
/** Longer frames are read in the log, so that the way between nodes holds little memory. */
const LONG_BYTES = 64 * 1024

/** Carries a message to all nodes, this one too, or nowhere. Never waits, never fails. */
export type Tell = (told: { from: string; message: NodeMessage }) => void

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
    this.#say(bytes > LONG_BYTES ? { is: 'moved', channel } : { is: 'entries', channel, entries })
  }

  /** Changed here. */
  people(frame: PeopleFrame): void {
    this.#say({ is: 'people', nth: ++this.#nth, ...frame })
  }

  /** Takes in what came from a node, perhaps this one. */
  hear(raw: unknown): void {
    const heard = heardMessage.safeParse(raw)
    if (!heard.success) return
    const { from, message } = heard.data
    if (from === this.#id) this.#echo()
    else this.#take(from, message)
  }

  close(): void {
    clearInterval(this.#beat)
    clearTimeout(this.#answer ?? undefined)
    this.#say({ is: 'gone' })
    this.#closed = true
  }

  #take(from: string, message: HeardMessage['message']): void {
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
    if (this.heard && !this.#closed) this.#tell({ from: this.#id, message })
  }

  /** Said even if nobody listens: it finds out when somebody does again. */
  #alive(): void {
    this.#tell({ from: this.#id, message: { is: 'alive', nth: this.#nth } })
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
