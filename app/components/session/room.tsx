import { Link, useRevalidator } from '@remix-run/react'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import type { Marking } from '../../domain/marking'
import { type SessionActInput, sessionAct } from '../../domain/session/acts'
import { decide } from '../../domain/session/decide'
import type { Who } from '../../domain/session/decide-types'
import type { SessionState } from '../../domain/session/model'
import { askAct } from '../../live/ask'
import { useRoom } from '../../live/react'
import type { Live } from '../../live/session-client'
import { Badge, MarkingBadge } from '../ui/badge'
import { Page, PageHeader } from '../ui/page'
import { toast } from '../ui/toast'
import { ActButton } from './act-button'
import { Agenda } from './agenda'
import { Here } from './here'
import { MeetingActs } from './meeting'
import { Messages, useMessages } from './messages'
import { Motions } from './motions'
import { RoomProvider, type RoomView, useRoomView } from './room-context'
import { SessionBadge } from './session-badge'
import { Shortcuts } from './shortcuts'
import { Speakers } from './speakers'

export type RoomProps = {
  session: { id: string; title: string; marking: Marking; chatham: boolean }
  group: { id: string; name: string }
  who: Who
  /** Before the group, for whoever makes the agenda. */
  proposals: readonly { id: string; title: string }[]
  /** Texts that whoever runs the session may attach. */
  documents: readonly { id: string; title: string }[]
  /** Earlier sessions whose minutes wait for a decision. */
  minutes: readonly { id: string; title: string }[]
  /** The server's instant when the page was read, in ms. */
  now: number
}

/** A working group in session, live. */
export function Room({ session, group, who, proposals, documents, minutes, now }: RoomProps) {
  const room = useRoom(session.id, who.userId)
  const { state } = room
  useFreshRights(state)
  // How far the clocks are apart, until the first event tells it.
  const first = useRef(now - Date.now())
  const ahead = room.ahead || first.current
  const view = useRoomActs(session.id, state, who, ahead)
  useEnter(view, room.live)
  const connected = useMemo(() => new Set(room.people.map(({ userId }) => userId)), [room.people])
  return (
    <Page>
      <PageHeader
        eyebrow={<Link to={`/groups/${group.id}`}>{group.name}</Link>}
        title={session.title}
        actions={
          view ? (
            <RoomProvider value={view}>
              <MeetingActs />
              <Shortcuts />
            </RoomProvider>
          ) : null
        }
      >
        {state ? <SessionBadge status={state.status} /> : null}
        <MarkingBadge marking={session.marking} />
        {session.chatham ? <Badge tone="ochre">Chatham House Rule</Badge> : null}
        <LiveBadge live={room.live} />
        <Link to={`/sessions/${session.id}`} className="link">
          Session page
        </Link>
      </PageHeader>
      {view ? (
        <Inside
          view={view}
          connected={connected}
          proposals={proposals}
          documents={documents}
          minutes={minutes}
        />
      ) : (
        <p role="status">Coming into the room…</p>
      )}
    </Page>
  )
}

function Inside({
  view,
  connected,
  proposals,
  documents,
  minutes,
}: {
  view: RoomView
  connected: ReadonlySet<string>
  proposals: RoomProps['proposals']
  documents: RoomProps['documents']
  minutes: RoomProps['minutes']
}) {
  const { state, sessionId } = view
  const points = state.hands.filter(({ kind }) => kind === 'point_of_order').length
  const messages = useMessages(sessionId, state.messages, points)
  const reasons = useMemo(
    () => new Map(messages.flatMap(({ handId, text }) => (handId ? [[handId, text] as const] : []))),
    [messages],
  )
  return (
    <RoomProvider value={view}>
      {state.status === 'suspended' ? (
        <p role="status" className="mb-4 border border-ochre border-l-4 bg-ochre-wash px-3 py-2">
          Suspended: {state.reason}
        </p>
      ) : null}
      <Shown />
      <div className="grid gap-x-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)] xl:grid-cols-[minmax(0,17rem)_minmax(0,1fr)_minmax(0,22rem)]">
        <div className="order-3 lg:order-1">
          <Agenda proposals={proposals} documents={documents} />
          <Here connected={connected} />
        </div>
        <div className="order-1 lg:order-2">
          <Motions minutes={minutes} />
        </div>
        <div className="order-2 lg:order-3">
          <Speakers reasons={reasons} />
          <Messages messages={messages} />
        </div>
      </div>
    </RoomProvider>
  )
}

/** The document that the chair shows; one goes along, or does not. */
function Shown() {
  const { state } = useRoomView()
  const shown = state.items
    .flatMap(({ documents }) => documents)
    .find(({ id }) => id === state.pointer?.documentId)
  if (!shown) return null
  return (
    <p
      role="status"
      className="mb-4 flex flex-wrap items-center gap-2 border border-accent/40 border-l-4 border-l-accent bg-accent-wash px-3 py-2"
    >
      The chair shows{' '}
      <Link to={`/documents/${shown.id}`} target="_blank" rel="noreferrer" className="link">
        {shown.title}
      </Link>
      <ActButton act={{ act: 'end_pointer' }} variant="quiet">
        Show it no longer
      </ActButton>
    </p>
  )
}

const LIVE_WORDS: Record<Live, string> = {
  connecting: 'Connecting…',
  live: 'Live',
  away: 'The line dropped. It comes back by itself.',
  closed: 'The room is not open to you any more.',
}

const LiveBadge = ({ live }: { live: Live }) => (
  <span role="status">
    <Badge tone={live === 'live' ? 'green' : live === 'closed' ? 'red' : 'ochre'}>{LIVE_WORDS[live]}</Badge>
  </span>
)

/** Whoever presides runs the session: what the page may do is read anew when that changes. */
function useFreshRights(state: SessionState | null): void {
  const { revalidate } = useRevalidator()
  const stands = state ? `${state.presiding} ${JSON.stringify(Object.values(state.delegations))}` : null
  const known = useRef(stands)
  useEffect(() => {
    if (stands === null || stands === known.current) return
    if (known.current !== null) revalidate()
    known.current = stands
  }, [stands, revalidate])
}

/** What the parts of the room see and do; null until the log was read. */
function useRoomActs(
  sessionId: string,
  state: SessionState | null,
  who: Who,
  ahead: number,
): RoomView | null {
  const ask = useCallback(
    async (act: SessionActInput) => {
      const answer = await askAct(sessionId, act)
      if (!answer.ok) toast(answer.why, 'problem')
      return answer
    },
    [sessionId],
  )
  return useMemo(() => {
    if (!state) return null
    const refusal = (input: SessionActInput) => {
      const act = sessionAct.safeParse(input)
      if (!act.success) return act.error.issues[0]?.message ?? 'It cannot be read.'
      const world = { now: 0, newId: () => 'new', deadline: 0 }
      const decision = decide(state, act.data, who, world)
      return decision.ok ? null : decision.why
    }
    return { sessionId, state, who, ahead, ask, refusal }
  }, [sessionId, state, who, ahead, ask])
}

/** Whoever opens the room is in it; the log says so once. */
function useEnter(view: RoomView | null, live: Live): void {
  const entered = useRef(false)
  useEffect(() => {
    // After a break they may have been noted as gone: said again, it changes nothing for who is here.
    if (live !== 'live') entered.current = false
    if (!view || live !== 'live' || entered.current) return
    if (view.refusal({ act: 'enter' }) !== null) return
    entered.current = true
    void view.ask({ act: 'enter' })
  }, [view, live])
}
