import { HAND_LABEL, type Hand } from '../../domain/session/model'
import { nameOf } from '../../domain/session/present'
import { waitsFor } from '../../domain/session/speakers'
import { Badge } from '../ui/badge'
import { Flag } from '../ui/flag'
import { Section } from '../ui/page'
import { ActButton } from './act-button'
import { Clock, minutesAndSeconds } from './clock'
import { ReasonForm } from './reason-form'
import { useRoomView } from './room-context'

/** Who has the floor, who waits for it, and one's own hand. */
export function Speakers({ reasons }: { reasons: ReadonlyMap<string, string> }) {
  const { state, who } = useRoomView()
  const own = state.hands.filter(({ delegationId }) => delegationId === who.delegationId)
  return (
    <Section
      title="Speakers"
      note={state.queueOpen ? 'the list is open' : 'the list is closed'}
      actions={
        <>
          {state.queueOpen ? <ActButton act={{ act: 'close_queue' }}>Close the list</ActButton> : null}
          {state.queueOpen ? null : <ActButton act={{ act: 'open_queue' }}>Open the list</ActButton>}
        </>
      }
    >
      <Floor />
      {state.hands.length > 0 ? (
        <ol aria-label="Hands raised" className="divide-y divide-rule border-y border-rule bg-sheet">
          {state.hands.map((hand, nth) => (
            <Line key={hand.id} hand={hand} nth={nth} reason={reasons.get(hand.id) ?? null} />
          ))}
        </ol>
      ) : (
        <p className="text-sm text-muted">No hand is raised.</p>
      )}
      {who.may.speak ? (
        <div className="mt-3 flex flex-wrap gap-1.5">
          {own.some(({ kind }) => kind === 'statement') ? null : (
            <>
              <ActButton act={{ act: 'raise_hand', kind: 'statement' }} variant="primary" always>
                Raise hand
              </ActButton>
              <ActButton act={{ act: 'raise_hand', kind: 'statement', side: 'for' }}>Speak for</ActButton>
              <ActButton act={{ act: 'raise_hand', kind: 'statement', side: 'against' }}>
                Speak against
              </ActButton>
            </>
          )}
          {own.some(({ kind }) => kind === 'right_of_reply') ? null : (
            <ActButton act={{ act: 'raise_hand', kind: 'right_of_reply' }}>Right of reply</ActButton>
          )}
          {own.some(({ kind }) => kind === 'point_of_order') ? null : (
            <ReasonForm
              trigger="Point of order"
              title="Point of order"
              label="What it is"
              hint="The chair reads it; nobody else."
              act={(reason) => ({ act: 'raise_hand', kind: 'point_of_order', reason: reason.slice(0, 500) })}
            />
          )}
          {own.map((hand) => (
            <ActButton key={hand.id} act={{ act: 'lower_hand', handId: hand.id }} variant="quiet">
              Lower hand ({HAND_LABEL[hand.kind].toLowerCase()})
            </ActButton>
          ))}
        </div>
      ) : null}
      <TimeUsed />
    </Section>
  )
}

function Floor() {
  const { state, ahead } = useRoomView()
  const { floor } = state
  if (!floor) return <p className="mb-3 text-sm text-muted">Nobody has the floor.</p>
  return (
    <div className="mb-3 border border-accent/40 border-l-4 border-l-accent bg-accent-wash px-3 py-2">
      <p className="small-caps text-muted">Has the floor</p>
      <p className="text-lg font-semibold">
        {nameOf(state, floor.delegationId)}{' '}
        <span className="text-sm font-normal">
          {floor.name}
          {floor.kind === 'statement' ? null : `, ${HAND_LABEL[floor.kind].toLowerCase()}`}
          {floor.side ? `, ${floor.side}` : null}
        </span>
      </p>
      <Clock speech={floor} ahead={ahead} className="text-2xl font-semibold" />
      {state.interrupted ? (
        <p className="text-xs text-muted">
          {nameOf(state, state.interrupted.delegationId)} goes on after it.
        </p>
      ) : null}
      <div className="mt-1 flex flex-wrap gap-1">
        <ActButton act={{ act: 'end_speech' }}>End</ActButton>
        <ActButton act={{ act: 'stop_clock' }} variant="quiet">
          Stop the clock
        </ActButton>
        <ActButton act={{ act: 'start_clock' }} variant="quiet">
          Start the clock
        </ActButton>
        <ActButton act={{ act: 'set_clock', seconds: (floor.limit ?? 0) + 60 }} variant="quiet">
          One minute more
        </ActButton>
      </div>
    </div>
  )
}

function Line({ hand, nth, reason }: { hand: Hand; nth: number; reason: string | null }) {
  const { state } = useRoomView()
  const before = state.hands[nth - 1]
  const iso2 = state.delegations[hand.delegationId]?.iso2
  const outOfTurn = waitsFor(state, hand) !== null
  return (
    <li className="flex flex-wrap items-center justify-between gap-2 px-3 py-1.5 text-sm">
      <div className="min-w-0">
        {iso2 ? <Flag iso2={iso2} className="mr-2" /> : null}
        <span className="font-semibold">{nameOf(state, hand.delegationId)}</span>{' '}
        {hand.kind === 'statement' ? null : <Badge tone="ochre">{HAND_LABEL[hand.kind]}</Badge>}{' '}
        {hand.side ? <Badge tone={hand.side === 'for' ? 'green' : 'red'}>{hand.side}</Badge> : null}
        {reason ? <p className="text-xs text-muted">To the chair: {reason}</p> : null}
      </div>
      <div className="flex gap-1">
        {before ? (
          <ActButton act={{ act: 'move_hand', handId: hand.id, before: before.id }} variant="quiet">
            Up
          </ActButton>
        ) : null}
        <ActButton
          act={{ act: 'give_floor', handId: hand.id, anyway: outOfTurn }}
          variant={outOfTurn ? 'quiet' : 'secondary'}
        >
          {outOfTurn ? 'Give the floor out of turn' : 'Give the floor'}
        </ActButton>
      </div>
    </li>
  )
}

function TimeUsed() {
  const { state } = useRoomView()
  const rows = Object.entries(state.used).sort(([, a], [, b]) => b.ms - a.ms)
  if (rows.length === 0) return null
  return (
    <details className="mt-3 text-sm">
      <summary className="cursor-pointer font-semibold">Time used by delegation</summary>
      <table className="mt-1 w-full text-left">
        <thead className="text-xs text-muted">
          <tr>
            <th scope="col">Delegation</th>
            <th scope="col">Interventions</th>
            <th scope="col">Time (min:s)</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([id, used]) => (
            <tr key={id}>
              <th scope="row" className="font-normal">
                {nameOf(state, id)}
              </th>
              <td>{used.statement + used.right_of_reply + used.point_of_order}</td>
              <td className="tabular-nums">{minutesAndSeconds(used.ms)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
