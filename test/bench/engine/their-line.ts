/** One writer on Hocuspocus's protocol: a plain WebSocket with frames as its provider sends them. */
import { createDecoder, readVarString, readVarUint, readVarUint8Array } from 'lib0/decoding'
import { createEncoder, toUint8Array, writeVarString, writeVarUint, writeVarUint8Array } from 'lib0/encoding'
import WebSocket from 'ws'
import * as Y from 'yjs'
import type { Line } from './our-line'
import { framed, sink, writes } from './wire'

const [SYNC, AWARENESS, AUTH] = [0, 1, 2]
const [STEP_1, STEP_2, UPDATE] = [0, 1, 2]
const AUTHENTICATED = 2

/** Opens `document`. `note` gets the updates of others. */
export async function openTheirs(
  port: number,
  document: string,
  note: ((update: Uint8Array) => void) | null,
): Promise<Line> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false })
  const encode = (type: number, write: (encoder: ReturnType<typeof createEncoder>) => void) => {
    const encoder = createEncoder()
    writeVarString(encoder, document)
    writeVarUint(encoder, type)
    write(encoder)
    return toUint8Array(encoder)
  }
  const send = (...message: Parameters<typeof encode>) => socket.send(encode(...message))
  let isOpen = false
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    socket.once('open', () =>
      send(AUTH, (encoder) => {
        writeVarUint(encoder, 0)
        writeVarString(encoder, 'bench')
      }),
    )
    socket.on('message', (message: Buffer) => {
      const decoder = createDecoder(new Uint8Array(message))
      readVarString(decoder)
      const type = readVarUint(decoder)
      if (type === AUTH && readVarUint(decoder) === AUTHENTICATED) {
        send(SYNC, (encoder) => {
          writeVarUint(encoder, STEP_1)
          writeVarUint8Array(encoder, Y.encodeStateVector(new Y.Doc()))
        })
      } else if (type === SYNC) {
        const step = readVarUint(decoder)
        if (step === STEP_2 && !isOpen) {
          isOpen = true
          resolve()
        } else if (step === UPDATE && isOpen) note?.(readVarUint8Array(decoder))
      }
    })
  })
  if (!note) sink(socket)
  let clock = 0
  return {
    frame: (update) =>
      framed(
        encode(SYNC, (encoder) => {
          writeVarUint(encoder, UPDATE)
          writeVarUint8Array(encoder, update)
        }),
      ),
    send: writes(socket),
    caret(client, at) {
      const item = { type: null, tname: 't', item: { client, clock: at }, assoc: 0 }
      const state = {
        user: { name: `user-${client}`, color: '#336699' },
        cursor: { anchor: item, head: item },
      }
      const awareness = createEncoder()
      writeVarUint(awareness, 1)
      writeVarUint(awareness, client)
      writeVarUint(awareness, ++clock)
      writeVarString(awareness, JSON.stringify(state))
      send(AWARENESS, (encoder) => writeVarUint8Array(encoder, toUint8Array(awareness)))
    },
    close: () => socket.close(),
  }
}
