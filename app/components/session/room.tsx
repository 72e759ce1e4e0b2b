import { Link, useRevalidator } from '@remix-run/react'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import type { Marking } from '../../domain/marking'
import { type SessionActInput, sessionAct } from '../../domain/session/acts'
import { decide } from '../../domain/session/decide'
import type { Who } from '../../domain/session/decide-types'
import { type SessionState, WITH_MINUTES } from '../../domain/session/model'
import { askAct } from '../../live/ask'
import { useRoom } from '../../live/react'
import type { Live } from '../../live/session-client'
import { Badge, MarkingBadge } from '../ui/badge'
import { Page, PageHeader } from '../ui/page'
import { toast } from '../ui/toast'
import { type Choices, Inside } from './inside'
import { useKeptFocus } from './kept-focus'
import { MeetingActs } from './meeting'
import { RoomProvider, type RoomView } from './room-context'
import { SessionBadge } from './session-badge'
import { Shortcuts } from './shortcuts'

export type RoomProps = {
  session: { id: string; title: string; marking: Marking; chatham: boolean }
  group: { id: string; name: string }
  who: Who
  /** Before the group, for whoever makes the agenda. */
  proposals: Choices
  /** Texts that whoever runs the session may attach. */
  documents: Choices
  /** Earlier sessions whose minutes wait for a decision. */
  minutes: Choices
  followUps: readonly { id: string; title: string; note: string }[]
  /** The document of the shared notes. */
  notes: string | null
  /** The server's instant when the page was read, in ms. */
  now: number
}

/** A working group in session, live. */
export function Room({ session, group, who, notes, now, ...choices }: RoomProps) {
  const room = useRoom(session.id, who.userId)
  const { state } = room
  useFreshRights(state)
  useKeptFocus()
  // How far the clocks are apart, until the first event tells it.
  const first = useRef(now - Date.now())
  const ahead = room.ahead || first.current
  const view = useRoomActs(session.id, state, who, ahead)
  useEnter(view, room.live)
  const connected = useMemo(() => new Set(room.people.map(({ userId }) => userId)), [room.people])
  return (
    <Page broad>
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
        {state && WITH_MINUTES.includes(state.status) ? (
          <Link to={`/sessions/${session.id}/minutes`} className="link">
            Minutes
          </Link>
        ) : null}
        <Link to={`/sessions/${session.id}/hall`} target="_blank" rel="noreferrer" className="link">
          Screen for the hall
        </Link>
      </PageHeader>
      {view ? (
        <RoomProvider value={view}>
          <Inside {...{ connected, notes, ...choices }} />
        </RoomProvider>
      ) : (
        <p role="status">Coming into the room…</p>
      )}
    </Page>
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
