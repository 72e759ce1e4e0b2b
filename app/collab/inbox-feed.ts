/** Follows somebody's inbox over the tab's connection: that something changed, not what. */
import { inboxChannel } from '../domain/inbox-channel'
import { isConnectionLost } from '../live/line'
import { tabConnection } from './tab'
import type { Receiver } from './wire'
import { newWriter } from './writer-locks'

const AGAIN_MS = 5000

/**
 * Calls `changed` whenever the inbox's channel grows beyond `head`, also for what was missed while the connection was
 * away. Out: what ends it.
 */
export function followInbox(userId: string, head: number, changed: () => void): () => void {
  const connection = tabConnection(userId)
  const channel = inboxChannel(userId)
  const writer = newWriter()
  let upTo = head
  let stopped = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const grown = (to: number) => {
    if (to <= upTo || stopped) return
    upTo = to
    changed()
  }
  const join = () => {
    clearTimeout(timer)
    if (stopped || connection.state !== 'connected') return
    connection.join({ channel, since: upTo, writer }, (answer) => {
      if (answer.ok) grown(answer.head)
      else if (answer.code === 'unavailable' || answer.code === 'too_fast') timer = setTimeout(join, AGAIN_MS)
    })
  }
  const receiver: Receiver = {
    wireChanged: (state) => {
      isConnectionLost.set(state === 'lost')
      if (state === 'connected') join()
    },
    entries: ({ entries }) => grown(Math.max(...entries.map(([seq]) => seq))),
    refused: () => {},
    people: () => {},
    access: () => {},
  }
  const detach = connection.attach(channel, receiver)
  join()
  return () => {
    stopped = true
    clearTimeout(timer)
    connection.leave(channel)
    detach()
  }
}
