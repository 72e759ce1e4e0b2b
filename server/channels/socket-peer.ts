import type { Socket } from 'socket.io'
import type { AccessFrame, EntriesFrame, RefusedFrame } from '../../app/domain/channel-protocol'
import type { Actor } from '../../app/domain/people'
import type { Engine } from './engine'
import { eventMessage } from './event-message'
import { lighten } from './lighten'
import type { Peer } from './peer'
import { Pusher } from './push'
import { throttle } from './throttle'
import type { ResolveSession } from './types'

/** What a person of the portal is told on a Socket.IO connection. */
export class SocketPeer extends Pusher implements Peer {
  readonly actor: Actor
  readonly pause: () => void
  readonly signedIn: () => Promise<boolean>
  readonly #socket: Socket

  constructor(socket: Socket, channels: Engine, resolveSession: ResolveSession) {
    super(socket, channels.droppedSlow)
    const headers = lighten(socket)
    this.actor = socket.data.actor
    this.pause = throttle(socket)
    this.signedIn = async () => (await resolveSession(headers)) !== null
    this.#socket = socket
  }

  entries(frame: EntriesFrame): void {
    this.#socket.emit('entries', frame)
  }

  refused(frame: RefusedFrame): void {
    this.push(eventMessage('refused', frame))
  }

  access(frame: AccessFrame): void {
    this.#socket.emit('access', frame)
  }

  disconnect(): void {
    this.#socket.disconnect(true)
  }
}
