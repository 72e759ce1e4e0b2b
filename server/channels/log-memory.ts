/** The log in memory, for tests of everything above it. */
import { fitReply } from './core/join'
import { span } from './core/span'
import type { ChannelKind } from './kinds'
import type { Commit, Found, Log, LogEntry, StoredSnapshot } from './log'

type Stored = {
  kind: ChannelKind
  entries: LogEntry[]
  owners: Map<number, string>
  snapshot: (StoredSnapshot & { stateVector: Buffer }) | null
}

export class MemoryLog implements Log {
  readonly #channels = new Map<string, Stored>()

  create(channelId: string, kind: ChannelKind = 'document'): void {
    this.#channels.set(channelId, { kind, entries: [], owners: new Map(), snapshot: null })
  }

  entries(channelId: string): readonly LogEntry[] {
    return this.#channels.get(channelId)?.entries ?? []
  }

  async find(channelId: string): Promise<Found | null> {
    const channel = this.#channels.get(channelId)
    if (!channel) return null
    const { kind, entries, snapshot } = channel
    return {
      kind,
      head: entries.length,
      compacted: 0,
      snapshot: snapshot && { ...snapshot, bytes: snapshot.data.length },
    }
  }

  async tail(channelId: string, after: number) {
    const channel = this.#channels.get(channelId)
    return channel ? { head: channel.entries.length, entries: fitReply(channel.entries.slice(after)) } : null
  }

  async span(channelId: string, after: number) {
    const page = await this.tail(channelId, after)
    if (!page) return null
    const { head, entries } = page
    const [first, last] = [entries[0]?.seq ?? 0, entries.at(-1)?.seq ?? after]
    return { head, first, last, count: entries.length, data: span(entries.map(({ data }) => data)) }
  }

  async heads(channelIds: readonly string[]) {
    return new Map(
      channelIds.flatMap((id) => {
        const channel = this.#channels.get(id)
        return channel ? [[id, channel.entries.length] as const] : []
      }),
    )
  }

  async owners(channelId: string) {
    const owners = this.#channels.get(channelId)?.owners ?? []
    return [...owners].map(([clientId, userId]) => ({ clientId, userId }))
  }

  async writer(channelId: string, writer: string) {
    const entries = this.entries(channelId).filter((entry) => entry.writer === writer)
    const refs = new Set(entries.map((entry) => entry.ref))
    let acked = 0
    while (refs.has(acked + 1)) acked++
    return { userId: entries[0]?.userId ?? null, highest: Math.max(0, ...refs), acked }
  }

  async seqs(channelId: string, keys: readonly { writer: string; ref: number }[]) {
    const wanted = new Set(keys.map(({ writer, ref }) => `${writer} ${ref}`))
    const found = this.entries(channelId).filter(({ writer, ref }) => wanted.has(`${writer} ${ref}`))
    return new Map(found.map(({ writer, ref, seq }) => [`${writer} ${ref}`, seq]))
  }

  async snapshot(channelId: string) {
    return this.#channels.get(channelId)?.snapshot ?? null
  }

  async keepSnapshot(
    channelId: string,
    { seq, data, packed, stateVector }: Parameters<Log['keepSnapshot']>[1],
  ) {
    const channel = this.#channels.get(channelId)
    if (!channel || (channel.snapshot && channel.snapshot.seq >= seq)) return
    channel.snapshot = { seq, data: Buffer.from(data), packed, stateVector: Buffer.from(stateVector) }
  }

  async commit(commits: readonly Commit[]) {
    return commits.map(({ channelId, base, entries }) => {
      const channel = this.#channels.get(channelId)
      if (!channel || channel.entries.length !== base) return false
      entries.forEach(({ writer, ref, userId, data, binds }, i) => {
        if (channel.entries.some((entry) => entry.writer === writer && entry.ref === ref)) {
          throw new Error(`${writer} ${ref} is stored already`)
        }
        channel.entries.push({ seq: base + 1 + i, writer, ref, userId, data })
        for (const client of binds) channel.owners.set(client, userId)
      })
      return true
    })
  }

  async close() {}
}
