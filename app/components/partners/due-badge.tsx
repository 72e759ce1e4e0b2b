import { type DueStanding, dueStanding, type ObligationState } from '../../domain/due'
import { Badge, type Tone } from '../ui/badge'
import { Day } from '../ui/date'

const WORDS: Record<DueStanding, { label: string; tone: Tone; title?: string } | null> = {
  past: {
    label: 'Overdue',
    tone: 'red',
    title: 'The date has gone by and nothing on record says that it was met.',
  },
  soon: { label: 'Due soon', tone: 'ochre', title: 'Due within sixty days.' },
  later: null,
  undated: null,
  settled: { label: 'Settled', tone: 'green' },
}

type Owed = { due: string | null; dueIsComputed: boolean; state: ObligationState }

/** The due date of an obligation, how it stands today, and whether the date is official. */
export function DueDate({ owed, today }: { owed: Owed; today: string }) {
  const words = WORDS[dueStanding(owed, today)]
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-0.5">
      <Day date={owed.due} none="no date" />
      {words ? (
        <Badge tone={words.tone} title={words.title}>
          {words.label}
        </Badge>
      ) : null}
      {owed.dueIsComputed ? (
        <span className="basis-full text-xs text-muted">
          Computed here from the text, not an official date
        </span>
      ) : null}
    </span>
  )
}
