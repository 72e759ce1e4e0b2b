import type { SessionActInput } from '../../domain/session/acts'
import { Section } from '../ui/page'
import { ActButton } from './act-button'
import { useRoomView } from './room-context'

type Choice = { id: string; title: string }

/** What waits for the group and is not on its agenda yet. */
export type Waiting = {
  proposals: readonly Choice[]
  /** What earlier decisions asked for and is not done, the first due first. */
  followUps: readonly (Choice & { note: string })[]
  /** Sessions whose minutes wait for approval. */
  minutes: readonly Choice[]
}

type Suggestion = {
  key: string
  title: string
  note: string
  more: { proposalId?: string; followUpId?: string }
}

/** Proposals, follow-ups and minutes that wait, each put on the agenda by one press; for whoever runs the session. */
export function Suggested({ proposals, followUps, minutes }: Waiting) {
  const { state, who } = useRoomView()
  if (!who.may.run) return null
  const has = (test: (item: (typeof state.items)[number]) => boolean) => state.items.some(test)
  const all: Suggestion[] = [
    ...minutes.map(({ id, title }) => ({
      ...{
        key: id,
        title: `Approval of the minutes of “${title}”`.slice(0, 200),
        note: 'Minutes in draft',
        more: {},
      },
    })),
    ...proposals.map(({ id, title }) => ({
      ...{ key: id, title: title.slice(0, 200), note: 'Proposal, with its text', more: { proposalId: id } },
    })),
    ...followUps.map(({ id, title, note }) => ({ key: id, title, note, more: { followUpId: id } })),
  ]
  const left = all.filter(
    ({ title, more: { proposalId, followUpId } }) =>
      !has((item) =>
        proposalId
          ? item.proposalId === proposalId
          : followUpId
            ? item.followUpId === followUpId
            : item.title === title,
      ),
  )
  if (left.length === 0) return null
  const add = ({ title, more }: Suggestion): SessionActInput => ({
    act: 'add_item',
    title,
    minutes: null,
    ...more,
  })
  return (
    <Section title="Waits for the group" level={3} note={left.length}>
      <ul className="divide-y divide-rule border-y border-rule text-sm">
        {left.map((one) => (
          <li key={one.key} className="flex items-start justify-between gap-2 py-1.5">
            <span className="min-w-0">
              {one.title} <span className="block text-xs text-muted">{one.note}</span>
            </span>
            <ActButton act={add(one)}>
              Add<span className="sr-only"> “{one.title}” to the agenda</span>
            </ActButton>
          </li>
        ))}
      </ul>
    </Section>
  )
}
