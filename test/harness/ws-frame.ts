import * as ws from 'ws'

export const OPCODES = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9 } as const

export type FrameOptions = {
  opcode?: number
  fin?: boolean
  mask?: boolean
  rsv1?: boolean
  maskBuffer?: Buffer
}

// Untyped there: Engine.IO uses it alike.
const { Sender } = ws as unknown as { Sender: { frame(data: Buffer, options: FrameOptions): Buffer[] } }

/** A WebSocket frame as `ws` writes it for a client: binary, a whole message and masked, unless said otherwise. */
export function wsFrame(message: Uint8Array, options: FrameOptions = {}): Buffer {
  const all = {
    ...{ opcode: OPCODES.binary, fin: true, mask: true, rsv1: false, readOnly: true },
    ...{ maskBuffer: Buffer.from([1, 128, 255, 7]), ...options },
  }
  return Buffer.concat(Sender.frame(Buffer.from(message), all))
}
