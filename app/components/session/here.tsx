import { GROUP_ROLE_LABEL } from '../../domain/groups'
import { SECRETARIAT } from '../../domain/session/model'
import {
  attendanceOf,
  attendanceWords,
  decidingIds,
  hasQuorum,
  isHere,
  nameOf,
  presentIds,
} from '../../domain/session/present'
import { Badge } from '../ui/badge'
import { Flag } from '../ui/flag'
import { Section } from '../ui/page'
import { ActButton } from './act-button'
import { useRoomView } from './room-context'

/** Who is in the room, by delegation; whether they are enough to decide; who votes for whom. */
export function Here({ connected }: { connected: ReadonlySet<string> }) {
  const { state, who } = useRoomView()
  const all = Object.values(state.delegations).sort((a, b) => a.name.localeCompare(b.name))
  const here = presentIds(state).length
  const inside = state.present[who.delegationId ?? SECRETARIAT]?.some(({ userId }) => userId === who.userId)
  return (
    <Section title="In the room" note={`${here} of ${decidingIds(state).length} that decide`}>
      <p className="mb-2 text-sm">
        {hasQuorum(state) ? (
          <Badge tone="green">Quorum: {state.rules.quorum} needed</Badge>
        ) : (
          <Badge tone="red">
            No quorum: {here} here, {state.rules.quorum} needed
          </Badge>
        )}
      </p>
      <ul className="columns-1 text-sm leading-7 sm:columns-2 xl:columns-1">
        {all.map((one) => {
          const people = state.present[one.id] ?? []
          const online = people.some(({ userId }) => connected.has(userId))
          return (
            <li key={one.id} className={people.length > 0 ? undefined : 'text-muted'}>
              {one.iso2 ? <Flag iso2={one.iso2} className="mr-2" /> : null}
              <span title={people.map(({ name }) => name).join(', ') || undefined}>{one.name}</span>
              {one.seat === 'member' ? null : (
                <span className="text-xs text-muted"> {GROUP_ROLE_LABEL[one.seat].toLowerCase()}</span>
              )}
              {state.presiding === one.id ? ' ' : null}
              {state.presiding === one.id ? <Badge tone="accent">presides</Badge> : null}
              {people.length > 0 && !online ? (
                <span className="text-xs text-muted"> line dropped</span>
              ) : null}
              {state.proxies[one.id] ? (
                <span className="text-xs text-muted">
                  {' '}
                  vote held by {nameOf(state, state.proxies[one.id] ?? null)}
                </span>
              ) : null}
              {people.length > 0 && !online && one.id !== who.delegationId ? (
                <ActButton act={{ act: 'note_gone', delegationId: one.id }} variant="quiet">
                  Note as gone
                </ActButton>
              ) : null}
            </li>
          )
        })}
        {(state.present[SECRETARIAT] ?? []).map((person) => (
          <li key={person.userId}>
            {person.name} <span className="text-xs text-muted">secretariat</span>
          </li>
        ))}
      </ul>
      <Attendance />
      <VoteHolder />
      <div className="mt-2">
        {inside ? (
          <ActButton act={{ act: 'leave' }} variant="quiet" className="-ml-2.5">
            Leave the room
          </ActButton>
        ) : (
          <ActButton act={{ act: 'enter' }}>Come back into the room</ActButton>
        )}
      </div>
    </Section>
  )
}

/** Before it opens: who said that they come, and one's own answer. */
function Attendance() {
  const { state } = useRoomView()
  if (state.status !== 'announced') return null
  const said = attendanceOf(state)
  return (
    <div className="mt-3 text-sm">
      <p>{attendanceWords(said)}</p>
      <div className="mt-1 flex flex-wrap gap-2">
        <ActButton act={{ act: 'say_attendance', coming: true }}>We come</ActButton>
        <ActButton act={{ act: 'say_attendance', coming: false }}>We do not come</ActButton>
      </div>
    </div>
  )
}

function VoteHolder() {
  const { state, who, ask } = useRoomView()
  if (!who.may.vote || state.rules.proxies === 0 || !who.delegationId) return null
  if (state.proxies[who.delegationId])
    return (
      <div className="mt-2">
        <ActButton act={{ act: 'end_proxy' }}>Take your vote back</ActButton>
      </div>
    )
  const others = decidingIds(state).filter((id) => id !== who.delegationId && isHere(state, id))
  if (others.length === 0) return null
  return (
    <form
      className="mt-3 text-sm"
      onSubmit={(event) => {
        event.preventDefault()
        void ask({ act: 'give_proxy', to: String(new FormData(event.currentTarget).get('to')) })
      }}
    >
      <label className="font-semibold" htmlFor="proxy">
        If your delegation must leave, who votes for it?
      </label>
      <div className="mt-1 flex gap-2">
        <select id="proxy" name="to" className="control">
          {others.map((id) => (
            <option key={id} value={id}>
              {nameOf(state, id)}
            </option>
          ))}
        </select>
        <button type="submit" className="link whitespace-nowrap">
          Give the vote
        </button>
      </div>
    </form>
  )
}
