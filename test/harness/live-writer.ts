/** A writer on the wire protocol alone (PROTOCOL.md), for tests that kill the server: keeps what is not acknowledged. */
import { io, type Socket } from 'socket.io-client'
import parser from 'socket.io-msgpack-parser'
import * as Y from 'yjs'
import { type EntriesFrame, type JoinReply, SOCKET_PATH } from '../../app/domain/channel-protocol'

export class LiveWriter {
  readonly doc = new Y.Doc()
  /** Edits that the server acknowledged, by their key in the map `acts`. */
  readonly acknowledged = new Set<string>()
  #socket: Socket | null = null
  #since = 0
  #ref = 0
  #joined = false
  /** Not acknowledged yet: sent again, unchanged, after every reconnect. */
  readonly #pending = new Map<number, { data: Uint8Array; key: string }>()

  constructor(
    readonly writer: string,
    readonly channel: string,
  ) {
    this.doc.on('update', (data: Uint8Array, origin: unknown) => {
      if (origin === this) return
      this.#ref += 1
      this.#pending.set(this.#ref, { data, key: `${this.writer} ${this.#ref}` })
      if (this.#joined) this.#send([this.#ref])
    })
  }

  connect(origin: string, cookie: string) {
    const socket = io(origin, {
      path: SOCKET_PATH,
      parser,
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelay: 50,
      reconnectionDelayMax: 150,
      extraHeaders: { origin, cookie },
    })
    this.#socket = socket
    socket.on('connect', () => void this.#join())
    socket.on('disconnect', () => {
      this.#joined = false
    })
    socket.on('entries', (frame: EntriesFrame) => this.#take(frame.entries))
    socket.on('refused', () => {
      // Every refusal here is a passing one: join again and send what is left.
      this.#joined = false
      setTimeout(() => void this.#join(), 100)
    })
  }

  /** One edit, with a key that is its own. */
  write() {
    this.doc.getMap('acts').set(`${this.writer} ${this.#ref + 1}`, 1)
  }

  get pending(): number {
    return this.#pending.size
  }

  close() {
    this.#socket?.close()
    this.#joined = false
  }

  async #join(): Promise<void> {
    const socket = this.#socket
    if (!socket?.connected) return
    const reply: JoinReply | null = await socket
      .timeout(5000)
      .emitWithAck('join', { channel: this.channel, since: this.#since, writer: this.writer })
      .catch(() => null)
    if (!reply?.ok) {
      setTimeout(() => void this.#join(), 100)
      return
    }
    if (reply.snapshot) {
      Y.applyUpdate(this.doc, new Uint8Array(reply.snapshot.data), this)
      this.#since = Math.max(this.#since, reply.snapshot.seq)
    }
    this.#take(reply.entries)
    for (const ref of [...this.#pending.keys()]) if (ref <= reply.acked) this.#acknowledge(ref)
    if (this.#since < reply.head) return this.#join()
    this.#joined = true
    this.#send([...this.#pending.keys()])
  }

  #take(entries: EntriesFrame['entries']) {
    for (const [seq, writer, ref, data] of entries) {
      if (writer === this.writer) this.#acknowledge(ref)
      else Y.applyUpdate(this.doc, new Uint8Array(data), this)
      if (seq === this.#since + 1) this.#since = seq
    }
  }

  #acknowledge(ref: number) {
    const item = this.#pending.get(ref)
    if (!item) return
    this.#pending.delete(ref)
    this.acknowledged.add(item.key)
  }

  #send(refs: number[]) {
    const items = refs.flatMap((ref) => {
      const item = this.#pending.get(ref)
      return item ? [[ref, Buffer.from(item.data)]] : []
    })
    for (let at = 0; at < items.length; at += 100) {
      this.#socket?.emit('append', {
        channel: this.channel,
        writer: this.writer,
        items: items.slice(at, at + 100),
      })
    }
  }
}
