/**
 * The one statement that commits, and its values in PostgreSQL's binary form (PostgreSQL 18, 54.7): written by hand,
 * because it is most of what an edit would cost otherwise.
 */
import { putAscii } from './core/ascii'
import type { Commit, NewEntry } from './log'

/** Binds client ids to whoever used them first. Few commits do. */
const BOUND = `, bound as (
  insert into channel_clients (channel_id, client_id, user_id, organization_id, first_seq)
  select moved.id, b.client_id, b.user_id, b.organization_id, moved.base + b.place
  from unnest($11::int[], $12::int[], $13::bigint[], $14::text[], $15::text[])
       as b(channel, place, client_id, user_id, organization_id)
  join moved on moved.nth = b.channel
)`

/**
 * Stores the entries of the channels whose head is where the sender saw it. Rows are locked in the order of their
 * ids, so that two nodes never wait for one another; whoever finds the head moved stores nothing there. Gives the
 * numbers of the channels in which nothing was stored: mostly no row at all.
 */
const commit = (bound: string) => `
with sent as (
  select * from unnest($1::text[], $2::bigint[], $3::int[]) with ordinality as s(channel_id, base, count, nth)
), locked as (
  select c.id from channels c join sent on sent.channel_id = c.id and sent.base = c.head
  order by c.id for no key update of c
), moved as (
  update channels c set head = c.head + sent.count from sent, locked
  where c.id = locked.id and sent.channel_id = c.id and sent.base = c.head
  returning c.id, sent.base, sent.nth
), stored as (
  insert into channel_entries (channel_id, seq, writer, ref, user_id, organization_id, data)
  select moved.id, moved.base + e.place, e.writer, e.ref, e.user_id, e.organization_id, e.data
  from unnest($4::int[], $5::int[], $6::text[], $7::bigint[], $8::text[], $9::text[], $10::bytea[])
       as e(channel, place, writer, ref, user_id, organization_id, data)
  join moved on moved.nth = e.channel
)${bound}
select nth::int from sent where nth not in (select nth from moved)`

const PLAIN = { name: 'channels-commit', text: commit(''), parameters: 10 }
const BINDING = { name: 'channels-commit-bound', text: commit(BOUND), parameters: 15 }

/** Their type numbers, the same in every PostgreSQL. */
const [BYTEA, BIGINT, INT, TEXT] = [17, 20, 23, 25]

/** An entry, or a client id that it binds: in which channel of the commit and at which place, both from 1. */
type Row = { channel: number; place: number; entry: NewEntry; client: number }

/** The messages that make the statement known to a connection: Parse, once for each of its forms. */
export function prepareMessage(): Buffer {
  const statements = [PLAIN, BINDING]
  const message = new Message(
    statements.reduce((sum, { name, text }) => sum + name.length + text.length + 16, 0),
  )
  for (const { name, text } of statements) {
    message.begin('P')
    message.zeroEnded(name)
    message.zeroEnded(text)
    // The types of the parameters stand in the statement.
    message.int16(0)
    message.end()
  }
  return message.whole
}

/** The messages Bind, Execute and Sync that run the statement, as one. */
export function commitMessage(commits: readonly Commit[]): Buffer {
  const rows: Row[] = []
  const bound: Row[] = []
  let size = 512
  commits.forEach(({ channelId, entries }, nth) => {
    size += 24 + 3 * channelId.length
    entries.forEach((entry, i) => {
      const row = { channel: nth + 1, place: i + 1, entry, client: 0 }
      rows.push(row)
      for (const client of entry.binds) bound.push({ ...row, client })
      const { userId, organizationId, writer, data } = entry
      // A UTF-16 unit takes three bytes at most.
      const names = 3 * (userId.length + organizationId.length)
      size += 64 + 3 * writer.length + names + data.length + entry.binds.length * (64 + names)
    })
  })
  const message = new Message(size)
  const statement = bound.length > 0 ? BINDING : PLAIN
  message.begin('B')
  message.zeroEnded('')
  message.zeroEnded(statement.name)
  // One format for all: binary.
  message.int16(1).int16(1)
  message.int16(statement.parameters)
  message.array(TEXT, commits, ({ channelId }) => message.text(channelId))
  message.array(BIGINT, commits, ({ base }) => message.bigint(base))
  message.array(INT, commits, ({ entries }) => message.int(entries.length))
  message.array(INT, rows, ({ channel }) => message.int(channel))
  message.array(INT, rows, ({ place }) => message.int(place))
  message.array(TEXT, rows, ({ entry }) => message.text(entry.writer))
  message.array(BIGINT, rows, ({ entry }) => message.bigint(entry.ref))
  message.array(TEXT, rows, ({ entry }) => message.text(entry.userId))
  message.array(TEXT, rows, ({ entry }) => message.text(entry.organizationId))
  message.array(BYTEA, rows, ({ entry }) => message.bytes(entry.data))
  if (statement === BINDING) bindings(message, bound)
  // Results as text.
  message.int16(0)
  message.end()
  message.begin('E')
  message.zeroEnded('')
  message.int32(0)
  message.end()
  message.begin('S')
  message.end()
  return message.whole
}

function bindings(message: Message, bound: readonly Row[]): void {
  message.array(INT, bound, ({ channel }) => message.int(channel))
  message.array(INT, bound, ({ place }) => message.int(place))
  message.array(BIGINT, bound, ({ client }) => message.bigint(client))
  message.array(TEXT, bound, ({ entry }) => message.text(entry.userId))
  message.array(TEXT, bound, ({ entry }) => message.text(entry.organizationId))
}

/** Writes messages of PostgreSQL's protocol, version 3. */
class Message {
  readonly #buffer: Buffer
  #at = 0
  /** Where the length of the message goes that is being written. */
  #lengthAt = 0

  constructor(size: number) {
    this.#buffer = Buffer.allocUnsafe(size)
  }

  get whole(): Buffer {
    return this.#buffer.subarray(0, this.#at)
  }

  begin(type: string): void {
    this.#buffer[this.#at] = type.charCodeAt(0)
    this.#lengthAt = this.#at + 1
    this.#at += 5
  }

  end(): void {
    this.#buffer.writeInt32BE(this.#at - this.#lengthAt, this.#lengthAt)
  }

  int16(value: number): this {
    this.#buffer[this.#at++] = value >> 8
    this.#buffer[this.#at++] = value
    return this
  }

  int32(value: number): this {
    this.#buffer[this.#at++] = value >> 24
    this.#buffer[this.#at++] = value >> 16
    this.#buffer[this.#at++] = value >> 8
    this.#buffer[this.#at++] = value
    return this
  }

  zeroEnded(text: string): void {
    this.#at += this.#buffer.write(text, this.#at)
    this.#buffer[this.#at++] = 0
  }

  /** A parameter that is an array: its length, one dimension from 1, no nulls, then what `put` writes of each item. */
  array<Item>(type: number, items: readonly Item[], put: (item: Item) => void): void {
    const start = this.#at
    this.int32(0)
    this.int32(items.length > 0 ? 1 : 0)
    this.int32(0)
    this.int32(type)
    if (items.length > 0) this.int32(items.length).int32(1)
    for (const item of items) put(item)
    this.#buffer.writeInt32BE(this.#at - start - 4, start)
  }

  int(value: number): void {
    this.int32(4).int32(value)
  }

  /** An integer up to 2^53 − 1. */
  bigint(value: number): void {
    // What is above 32 bits falls away.
    this.int32(8)
      .int32(Math.floor(value / 2 ** 32))
      .int32(value)
  }

  text(value: string): void {
    const start = this.#at + 4
    const end = putAscii(this.#buffer, start, value) ?? start + this.#buffer.write(value, start)
    this.int32(end - start)
    this.#at = end
  }

  bytes(value: Buffer): void {
    this.int32(value.length)
    this.#at += value.copy(this.#buffer, this.#at)
  }
}
