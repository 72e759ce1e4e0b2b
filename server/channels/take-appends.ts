/**
 * Takes the frames that come most from a connection before the WebSocket library, Engine.IO and Socket.IO look at them:
 * on their way through them an append costs more than everything that is done with it. All other frames go that way.
 */
import type { Socket as Wire } from 'node:net'
import type { Socket } from 'socket.io'
import type { AppendFrame } from '../../app/domain/channel-protocol'
import { AppendReader } from './core/read-append'
import { eachShortFrame, SHORT_BYTES } from './core/short-frame'
import { readEarly } from './early-reads'

const OPEN = 1
/** Of what reads frames. */
const BEGINNING = 0

type OnMessage = (data: Buffer, isBinary: boolean) => void
/** The WebSocket below Engine.IO's transport, which its types keep to themselves. */
type RawSocket = {
  readyState: number
  _socket: Wire
  _receiver: { _state: number; _bufferedBytes: number; _fragmented: number }
  listeners(event: 'message'): OnMessage[]
  on(event: 'message', listener: OnMessage): void
  removeListener(event: 'message', listener: OnMessage): void
}

export function takeAppends(socket: Socket, take: (frame: AppendFrame) => void): void {
  const { socket: raw } = socket.conn.transport as unknown as { socket: RawSocket }
  const [onward] = raw.listeners('message')
  if (!onward) return
  const reader = new AppendReader()
  /** Frames on the long way: Socket.IO hands them on in the tick after the next. */
  let ahead = 0
  const arrived = () => void ahead--
  const listen: OnMessage = (data, isBinary) => {
    const frame = isBinary && data.length <= SHORT_BYTES ? reader.read(data) : null
    if (!frame) {
      onward(data, isBinary)
      ahead++
      process.nextTick(process.nextTick, arrived)
    } else if (ahead > 0) process.nextTick(process.nextTick, take, frame)
    else take(frame)
  }
  raw.removeListener('message', onward)
  raw.on('message', listen)
  let isOver = false
  const mayRead = () => !isOver && raw.readyState === OPEN && isBetweenFrames(raw._receiver)
  const hear = (message: Buffer) => listen(message, true)
  readEarly(raw._socket, (bytes) => eachShortFrame(bytes, mayRead, hear))
  socket.once('disconnect', () => {
    isOver = true
    raw.removeListener('message', listen)
    raw.on('message', onward)
  })
}

/** Whether the library waits for the beginning of a frame that is a message of its own. */
const isBetweenFrames = ({ _state, _bufferedBytes, _fragmented }: RawSocket['_receiver']): boolean =>
  _state === BEGINNING && _bufferedBytes === 0 && _fragmented === 0
