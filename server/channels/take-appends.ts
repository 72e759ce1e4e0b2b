/**
 * Takes the frames that come most from a WebSocket before Engine.IO and Socket.IO look at them: on their way through
 * both an append costs as much as everything that is done with it. All other frames go that way.
 */
import type { Socket } from 'socket.io'
import type { AppendFrame } from '../../app/domain/channel-protocol'
import { AppendReader } from './core/read-append'

/** Longer ones go the long way too: that keeps the connection from being taken for dead while a paste comes in. */
const SHORT_BYTES = 4096

type OnMessage = (data: Buffer, isBinary: boolean) => void
/** The WebSocket below Engine.IO's transport, which its types keep to themselves. */
type RawSocket = {
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
  socket.once('disconnect', () => {
    raw.removeListener('message', listen)
    raw.on('message', onward)
  })
}
