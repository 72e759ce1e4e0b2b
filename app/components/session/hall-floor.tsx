import { speechMs } from '../../domain/session/fold-floor'
import { HAND_LABEL, type Hand, type SessionState, type Speech } from '../../domain/session/model'
import { nameOf } from '../../domain/session/present'
import { useServerNow } from '../../live/react'
import { Flag } from '../ui/flag'
import { minutesAndSeconds } from './clock'

const SHOWN = 5

/** Who speaks, with a clock that the whole hall reads, and who is next. */
export function HallFloor({ state, ahead, runs }: { state: SessionState; ahead: number; runs: boolean }) {
  const { floor, hands } = state
  const more = hands.length - SHOWN
  return (
    <section aria-label="Speakers" className="min-h-0 min-w-0 overflow-hidden">
      {floor ? (
        <div className="border-l-[0.5vw] border-accent bg-accent-wash px-[1.4vw] py-[0.9vw]">
          <p className="text-muted">
            Has the floor{floor.kind === 'statement' ? '' : `: ${HAND_LABEL[floor.kind].toLowerCase()}`}
          </p>
          <p className="text-[max(1.5rem,3vw)] font-semibold leading-tight">
            <Name state={state} delegationId={floor.delegationId} />
          </p>
          <p className="truncate text-muted">
            {floor.name}
            {floor.side ? `, speaks ${floor.side}` : ''}
          </p>
          <HallClock speech={floor} ahead={ahead} runs={runs} />
        </div>
      ) : (
        <p className="text-muted">Nobody has the floor.</p>
      )}
      {state.interrupted ? (
        <p className="mt-[0.5vw] text-muted">
          {nameOf(state, state.interrupted.delegationId)} goes on after it.
        </p>
      ) : null}
      <h2 className="mt-[1.2vw] font-serif text-[max(1.25rem,2.4vw)] font-semibold">
        Next{' '}
        <span className="font-sans text-[max(1rem,2vw)] font-normal text-muted">
          {state.queueOpen ? 'the list is open' : 'the list is closed'}
        </span>
      </h2>
      {hands.length > 0 ? (
        <ol className="mt-[0.4vw] space-y-[0.3vw]">
          {hands.slice(0, SHOWN).map((hand, nth) => (
            <li key={hand.id} className="flex items-baseline gap-[0.8vw]">
              <span className="shrink-0 tabular-nums text-muted">{nth + 1}.</span>
              <span className="line-clamp-2 min-w-0">
                <Name state={state} delegationId={hand.delegationId} />
                <span className="text-muted">{aboutHand(hand)}</span>
              </span>
            </li>
          ))}
          {more > 0 ? <li className="text-muted">and {more} more</li> : null}
        </ol>
      ) : (
        <p className="text-muted">No hand is raised.</p>
      )}
    </section>
  )
}

function aboutHand({ kind, side }: Hand): string {
  if (kind !== 'statement') return `, ${HAND_LABEL[kind].toLowerCase()}`
  return side ? `, ${side}` : ''
}

function Name({ state, delegationId }: { state: SessionState; delegationId: string }) {
  const iso2 = state.delegations[delegationId]?.iso2
  return (
    <>
      {iso2 ? <Flag iso2={iso2} size={40} className="mr-[0.8vw]" /> : null}
      {nameOf(state, delegationId)}
    </>
  )
}

/** It stands still while the line is lost: what it would show then is not known. */
function HallClock({ speech, ahead, runs }: { speech: Speech; ahead: number; runs: boolean }) {
  const now = useServerNow(ahead, runs && speech.since !== null)
  const used = speechMs(speech, now)
  const left = speech.limit === null ? null : speech.limit * 1000 - used
  const over = left !== null && left < 0
  return (
    <p role="timer" className={over ? 'text-red' : undefined}>
      <span className="text-[max(3rem,6.5vw)] font-semibold leading-none tabular-nums">
        {minutesAndSeconds(left ?? used)}
      </span>{' '}
      {left === null ? 'used' : over ? 'over time' : 'left'}
      {speech.since === null ? ', clock stopped' : ''}
    </p>
  )
}
