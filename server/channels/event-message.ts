/** A frame other than `entries`, as one WebSocket frame: the same bytes for every reader. */
import parser from 'socket.io-msgpack-parser'
import type { ServerEvents } from '../../app/domain/channel-protocol'
import { framed } from './core/entries-message'

export type PushedEvent = 'people' | 'changed' | 'refused'

const EVENT = 2
const encoder = new parser.Encoder()

export function eventMessage<E extends PushedEvent>(event: E, frame: Parameters<ServerEvents[E]>[0]): Buffer {
  // Typed as one buffer; it is a list of one.
  const [message] = encoder.encode({ type: EVENT, data: [event, frame], nsp: '/' }) as unknown as [Buffer]
  return framed(message)
}
