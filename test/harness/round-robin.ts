/**
 * A plain TCP proxy that hands connections to nodes in turn, and knows nothing of who they are. A client that gives its
 * name in a header can be cut off, and the WebSocket frames between it and its node delayed, repeated and reordered.
 */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

const CLIENT_HEADER = 'x-test-client'
const BINARY = 2

export type Mess = {
  /** How many frames, of one, come twice; in both directions. */
  repeat: number
  /** How many frames to the client are overtaken by the next one. */
  reorder: number
  /** A frame to the client waits for up to this long, ms; the order stays. */
  delay: number
  random: () => number
}

type Link = { client: Socket; node: Socket | null; name: string | null }

export class RoundRobin {
  readonly #server = createServer((socket) => this.#accept(socket))
  readonly #links = new Set<Link>()
  readonly #cut = new Set<string>()
  readonly #messes = new Map<string, Mess>()
  #ports: readonly number[] = []
  #turn = 0
  /** Frames that were repeated or reordered so far. */
  messed = 0

  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve))
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** The nodes' ports. */
  serve(ports: readonly number[]): void {
    this.#ports = ports
  }

  headers = (name: string) => ({ [CLIENT_HEADER]: name })

  /** Breaks a client's connection, and lets it make no other. */
  cut(name: string): void {
    this.#cut.add(name)
    this.drop(name)
  }

  heal(name: string): void {
    this.#cut.delete(name)
  }

  /** Lets a client make no other connection than the one that it has. */
  hold(name: string): void {
    this.#cut.add(name)
  }

  /** Everybody may connect, and frames go as they are. */
  calm(): void {
    this.#cut.clear()
    this.#messes.clear()
  }

  /** The port of the node that serves a client's WebSocket now. */
  portOf(name: string): number | null {
    const link = [...this.#links].find((one) => one.name === name && one.node && !one.node.destroyed)
    return link?.node?.remotePort ?? null
  }

  /** Breaks a client's connection; it may come again. */
  drop(name: string): void {
    for (const link of this.#links) if (link.name === name) end(link)
  }

  /** From the client's next connection on; null: as they are. */
  mess(name: string, mess: Mess | null): void {
    if (mess) this.#messes.set(name, mess)
    else this.#messes.delete(name)
  }

  async close(): Promise<void> {
    for (const link of this.#links) end(link)
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #accept(client: Socket): void {
    const link: Link = { client, node: null, name: null }
    this.#links.add(link)
    client.on('error', () => end(link))
    client.on('close', () => {
      end(link)
      this.#links.delete(link)
    })
    let head = Buffer.alloc(0)
    const read = (data: Buffer) => {
      head = Buffer.concat([head, data])
      if (!head.includes('\r\n\r\n')) return
      client.off('data', read)
      client.pause()
      const named = new RegExp(`^${CLIENT_HEADER}: (.*)\r$`, 'im').exec(head.toString('latin1'))
      link.name = named?.[1] ?? null
      if (link.name !== null && this.#cut.has(link.name)) return void end(link)
      this.#dial(link, head, this.#ports.length)
    }
    client.on('data', read)
  }

  /** Goes on to the next node when one does not answer. */
  #dial(link: Link, head: Buffer, left: number): void {
    const port = this.#ports[this.#turn++ % this.#ports.length]
    if (left === 0 || port === undefined) return void end(link)
    const node = connect({ port, host: '127.0.0.1', noDelay: true })
    const next = () => this.#dial(link, head, left - 1)
    node.once('error', next)
    node.once('connect', () => {
      node.off('error', next)
      node.on('error', () => end(link))
      node.on('close', () => end(link))
      link.node = node
      node.write(head)
      this.#join(link, node, /^upgrade: websocket\r$/im.test(head.toString('latin1')))
    })
  }

  #join({ client, name }: Link, node: Socket, isWebSocket: boolean): void {
    const mess = isWebSocket && name !== null ? this.#messes.get(name) : undefined
    if (!mess) {
      client.pipe(node)
      node.pipe(client)
      return
    }
    const note = () => {
      this.messed++
    }
    client.on('data', frames(twice(mess, note, (frame) => node.write(frame))))
    client.resume()
    const toClient = frames(
      twice(
        mess,
        note,
        overtaken(
          mess,
          note,
          later(mess, (frame) => client.write(frame)),
        ),
      ),
    )
    let answer = Buffer.alloc(0)
    const upgraded = (data: Buffer) => {
      answer = Buffer.concat([answer, data])
      const end = answer.indexOf('\r\n\r\n')
      if (end < 0) return
      node.off('data', upgraded)
      client.write(answer.subarray(0, end + 4))
      node.on('data', toClient)
      if (answer.length > end + 4) toClient(answer.subarray(end + 4))
    }
    node.on('data', upgraded)
  }
}

function end({ client, node }: Link): void {
  client.destroy()
  node?.destroy()
}

type Write = (frame: Buffer) => void

/** Cuts a stream of bytes into WebSocket frames. */
function frames(write: Write): Write {
  let rest = Buffer.alloc(0)
  return (data) => {
    rest = Buffer.concat([rest, data])
    for (let size = frameSize(rest); size !== null && rest.length >= size; size = frameSize(rest)) {
      write(Buffer.from(rest.subarray(0, size)))
      rest = rest.subarray(size)
    }
  }
}

function frameSize(bytes: Buffer): number | null {
  const [, second] = bytes
  if (second === undefined) return null
  const mask = second & 0x80 ? 4 : 0
  const length = second & 0x7f
  if (length < 126) return 2 + mask + length
  if (length === 126) return bytes.length < 4 ? null : 4 + mask + bytes.readUInt16BE(2)
  return bytes.length < 10 ? null : 10 + mask + Number(bytes.readBigUInt64BE(2))
}

/** Text frames are the transport's own; binary ones hold what the protocol says. */
const isBinary = (frame: Buffer) => ((frame[0] ?? 0) & 0x0f) === BINARY

function twice({ repeat, random }: Mess, note: () => void, write: Write): Write {
  // The first of each direction is the handshake of Socket.IO.
  let seen = 0
  return (frame) => {
    write(frame)
    if (!isBinary(frame) || seen++ === 0 || random() >= repeat) return
    note()
    write(Buffer.from(frame))
  }
}

function overtaken({ reorder, random }: Mess, note: () => void, write: Write): Write {
  let seen = 0
  let held: Buffer | null = null
  return (frame) => {
    if (held) {
      write(frame)
      write(held)
      held = null
      return
    }
    if (!isBinary(frame) || seen++ === 0 || random() >= reorder) return void write(frame)
    note()
    held = frame
    const mine = frame
    // Nothing may come after it for long.
    setTimeout(() => {
      if (held !== mine) return
      held = null
      write(mine)
    }, 200)
  }
}

function later({ delay, random }: Mess, write: Write): Write {
  if (delay === 0) return write
  let last: Promise<unknown> = Promise.resolve()
  return (frame) => {
    last = last
      .then(() => new Promise((resolve) => setTimeout(resolve, random() * delay)))
      .then(() => write(frame))
  }
}
