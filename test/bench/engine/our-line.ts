/** One writer on the portal's protocol: a plain WebSocket, so that the load is not Socket.IO's client. */
import { randomUUID } from 'node:crypto'
import { Decoder, Encoder } from 'socket.io-msgpack-parser'
import WebSocket from 'ws'
import { SOCKET_PATH } from '../../../app/domain/channel-limits'
import { framed, sink, writes } from './wire'

export type Line = {
  /** An edit as it goes over the wire; they are sent in the order in which they are made. */
  frame: (update: Uint8Array) => Buffer
  send: (frame: Buffer) => void
  /** Shows where a Yjs client's caret stands. */
  caret: (client: number, at: number) => void
  close: () => void
}

const [CONNECT, EVENT, ACK] = [0, 2, 3]

type Packet = { type: number; nsp: string; data?: unknown; id?: number }

/** Joins `document` as a person of its own. `note` gets the updates of others. */
export async function openOurs(
  port: number,
  document: string,
  note: ((update: Uint8Array) => void) | null,
): Promise<Line> {
  const writer = randomUUID()
  const encoder = new Encoder()
  const decoder = new Decoder()
  const socket = new WebSocket(
    `ws://127.0.0.1:${port}${SOCKET_PATH.replace(/\/?$/, '/')}?EIO=4&transport=websocket`,
    {
      headers: { authorization: `user-${writer}` },
      perMessageDeflate: false,
    },
  )
  // Typed as one buffer; it is a list of one.
  const encode = (packet: Packet) => Buffer.concat(encoder.encode(packet as never) as unknown as Buffer[])
  const send = (packet: Packet) => socket.send(encode(packet))
  let ref = 0
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    decoder.on('decoded', ({ type, data }: { type: number; data: unknown[] }) => {
      if (type === CONNECT) {
        send({ type: EVENT, nsp: '/', id: 1, data: ['join', { channel: document, since: 0, writer }] })
      } else if (type === ACK) resolve()
      else if (note && data[0] === 'entries') {
        const { entries } = data[1] as { entries: [number, string, number, Uint8Array][] }
        for (const [, by, , update] of entries) if (by !== writer) note(update)
      }
      // What is refused does not arrive, and is counted so.
    })
    socket.on('message', (message, isBinary) => {
      if (!isBinary) {
        const text = message.toString()
        if (text.startsWith('0')) send({ type: CONNECT, nsp: '/' })
        else if (text === '2') socket.send('3')
        return
      }
      decoder.add(message)
    })
  })
  if (!note) sink(socket)
  // Whoever does not read does not see that the server asks whether it is there.
  const beat = setInterval(() => socket.send('3'), 10_000)
  return {
    frame(update) {
      ref++
      const items = [[ref, Buffer.from(update.buffer, update.byteOffset, update.byteLength)]]
      return framed(encode({ type: EVENT, nsp: '/', data: ['append', { channel: document, writer, items }] }))
    },
    send: writes(socket),
    caret(client, at) {
      const item = { type: null, tname: 't', item: { client, clock: at }, assoc: 0 }
      const caret = { fragment: 't', anchor: item, head: item }
      send({ type: EVENT, nsp: '/', data: ['presence', { channel: document, client, caret }] })
    },
    close: () => {
      clearInterval(beat)
      socket.close()
    },
  }
}
