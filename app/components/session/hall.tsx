import { Link } from '@remix-run/react'
import { useEffect, useRef, useState } from 'react'
import type { Marking } from '../../domain/marking'
import { shownByChair } from '../../domain/session/hall'
import { SESSION_STATUS_LABEL, type SessionState } from '../../domain/session/model'
import { decidingIds, hasQuorum, nameOf, openItem, presentIds } from '../../domain/session/present'
import { useRoom, useServerNow } from '../../live/react'
import { MarkingBadge } from '../ui/badge'
import { Button } from '../ui/button'
import { classNames } from '../ui/class-names'
import { HallFloor } from './hall-floor'
import { HallFocus } from './hall-focus'

export type HallProps = {
  session: { id: string; title: string; marking: Marking; chatham: boolean; zone: string }
  group: string
  account: string
  /** The server's instant when the page was read, in ms. */
  now: number
}

/** Of a time of day, with seconds, in a zone. */
const timeIn = (zone: string, at: number) =>
  new Date(at).toLocaleTimeString('en-GB', { timeZone: zone, hourCycle: 'h23' })

/**
 * The screen in the hall: the room's state in large type, for reading only. Nothing that one has to read is smaller than
 * 2% of the screen's width: on one three metres wide that is 6 cm, which is read from 15 m.
 */
export function Hall({ session, group, account, now }: HallProps) {
  const room = useRoom(session.id, account)
  const first = useRef(now - Date.now())
  const ahead = room.ahead || first.current
  // What is not open any more is not shown for longer, either.
  const state = room.live === 'closed' ? null : room.state
  const isLost = room.live === 'away'
  return (
    <div className="flex min-h-dvh flex-col bg-paper text-[max(1rem,2vw)] leading-snug lg:h-dvh lg:overflow-hidden">
      <header className="flex flex-wrap items-center justify-between gap-x-[2vw] gap-y-1 bg-bar px-[2.5vw] py-[1vw] text-on-bar">
        <div className="min-w-0">
          <p className="text-on-bar-muted">{group}</p>
          <h1 className="font-serif text-[max(1.25rem,2.6vw)] font-semibold leading-tight">
            {session.title}
          </h1>
        </div>
        <div className="flex flex-wrap items-center gap-x-[1.5vw] gap-y-1">
          {session.chatham ? <span>Chatham House Rule</span> : null}
          <MarkingBadge marking={session.marking} size="hall" />
          <TimeOfDay ahead={ahead} zone={session.zone} />
        </div>
      </header>
      {isLost && state ? (
        <p
          role="alert"
          className="border-y border-ochre bg-ochre-wash px-[2.5vw] py-[0.8vw] font-semibold text-ochre"
        >
          The line to the portal is lost: showing the state of {timeIn(session.zone, room.heardAt + ahead)}.
        </p>
      ) : null}
      {state ? (
        <>
          <Item state={state} />
          <div className="grid min-h-0 flex-1 gap-[2vw] px-[2.5vw] py-[1.2vw] lg:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)]">
            <HallFocus state={state} />
            <HallFloor state={state} ahead={ahead} runs={!isLost} />
          </div>
          <Quorum state={state} />
        </>
      ) : (
        <p role="status" className="flex-1 px-[2.5vw] py-[2vw]">
          {room.live === 'closed'
            ? 'The room is not open to this account any more.'
            : 'Coming into the room…'}
        </p>
      )}
      <div className="flex items-center gap-3 px-[2.5vw] pb-2 text-sm">
        <FullScreen />
        <Link to={`/sessions/${session.id}/room`} className="link">
          Back to the room
        </Link>
      </div>
    </div>
  )
}

function TimeOfDay({ ahead, zone }: { ahead: number; zone: string }) {
  const [running, setRunning] = useState(false)
  useEffect(() => setRunning(true), [])
  const now = useServerNow(ahead, running)
  const town = zone.split('/').at(-1)?.replaceAll('_', ' ')
  return running ? (
    <span className="whitespace-nowrap tabular-nums">
      {timeIn(zone, now).slice(0, 5)} <span className="text-on-bar-muted">{town}</span>
    </span>
  ) : null
}

/** The item that is open, or what the session waits for. */
function Item({ state }: { state: SessionState }) {
  const open = openItem(state)
  const shown = shownByChair(state)
  const next = state.items.find((item) => item.state === 'pending')
  const nth = open ? state.items.indexOf(open) + 1 : 0
  return (
    <section aria-label="Agenda" className="border-b-2 border-rule px-[2.5vw] py-[1vw]" aria-live="polite">
      {state.status === 'open' && open ? (
        <>
          <p className="text-muted">
            Item {nth} of {state.items.length}
            {open.minutes ? `, ${open.minutes} min` : null}
          </p>
          <p className="line-clamp-2 font-serif text-[max(1.5rem,3.6vw)] font-semibold leading-tight">
            {open.title}
          </p>
        </>
      ) : (
        <p className="font-serif text-[max(1.5rem,3.6vw)] font-semibold leading-tight">
          {state.status === 'suspended'
            ? `Suspended: ${state.reason ?? ''}`
            : state.status === 'open'
              ? next
                ? `Next: ${next.title}`
                : 'No item is open'
              : SESSION_STATUS_LABEL[state.status]}
        </p>
      )}
      {shown ? <p className="mt-[0.3vw] truncate text-muted">Under discussion: {shown.title}</p> : null}
    </section>
  )
}

function Quorum({ state }: { state: SessionState }) {
  const here = presentIds(state).length
  const enough = hasQuorum(state)
  return (
    <footer className="flex flex-wrap items-baseline gap-x-[2.5vw] gap-y-1 border-t border-rule px-[2.5vw] py-[0.8vw]">
      <span className={classNames('font-semibold', enough ? 'text-green' : 'text-red')}>
        {enough ? 'Quorum' : 'No quorum'}: {here} of {decidingIds(state).length} present, {state.rules.quorum}{' '}
        needed
      </span>
      {state.presiding ? <span className="text-muted">{nameOf(state, state.presiding)} presides</span> : null}
    </footer>
  )
}

function FullScreen() {
  const [full, setFull] = useState(false)
  const [able, setAble] = useState(false)
  useEffect(() => {
    setAble(document.fullscreenEnabled)
    const look = () => setFull(document.fullscreenElement !== null)
    document.addEventListener('fullscreenchange', look)
    return () => document.removeEventListener('fullscreenchange', look)
  }, [])
  if (!able) return null
  return (
    <Button
      type="button"
      size="sm"
      onClick={() =>
        void (full ? document.exitFullscreen() : document.documentElement.requestFullscreen()).catch(() => {})
      }
    >
      {full ? 'Leave full screen' : 'Full screen'}
    </Button>
  )
}
