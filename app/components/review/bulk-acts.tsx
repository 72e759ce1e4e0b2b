import type { FieldProblems } from '../../domain/fault'
import { type BulkOutcome, MOST_AT_ONCE } from '../../domain/queue'
import { REVIEW_DAYS } from '../../domain/review'
import { Button } from '../ui/button'
import { SelectField, TextField } from '../ui/field'

/** What a coordinator does with the ticked proposals; stands in the form that holds the boxes. */
export function BulkActs({
  reviewers,
  shown,
  problems,
  busy,
}: {
  reviewers: readonly { id: string; name: string; of: string; open: number }[]
  /** How many proposals the list shows. */
  shown: number
  problems: FieldProblems
  busy: boolean
}) {
  const most = Math.min(shown, MOST_AT_ONCE)
  return (
    <fieldset className="no-print mt-4 border border-line bg-sheet px-4 py-3">
      <legend className="small-caps px-1 text-muted">With the ticked ones</legend>
      {most > 1 ? (
        <div className="mb-3 flex flex-wrap gap-1.5">
          <Button type="button" size="sm" onClick={({ currentTarget }) => tick(currentTarget.form, most)}>
            Tick {most < shown ? `the first ${most}` : `all ${most}`}
          </Button>
          <Button
            type="button"
            size="sm"
            variant="quiet"
            onClick={({ currentTarget }) => tick(currentTarget.form, 0)}
          >
            Tick none
          </Button>
        </div>
      ) : null}
      {problems.ids?.map((problem) => (
        <p key={problem} role="alert" className="mb-2 text-sm font-semibold text-red">
          {problem}
        </p>
      ))}
      <div className="grid items-end gap-3 sm:grid-cols-[minmax(12rem,2fr)_7rem_9rem_auto_auto]">
        <SelectField
          label="Ask"
          name="reviewer"
          error={problems.reviewer}
          options={[
            { value: '', label: 'those who have least to do' },
            ...reviewers.map(({ id, name, of, open }) => ({
              value: id,
              label: `${name} (${of}), ${open} open`,
            })),
          ]}
        />
        <TextField
          label="How many"
          name="count"
          type="number"
          min={1}
          max={5}
          defaultValue={2}
          error={problems.count}
        />
        <TextField
          label="Days to review"
          name="days"
          type="number"
          min={1}
          max={180}
          defaultValue={REVIEW_DAYS}
          error={problems.days}
        />
        <Button name="act" value="assign" busy={busy}>
          Ask reviewers
        </Button>
        <Button name="act" value="remind" busy={busy}>
          Remind reviewers
        </Button>
      </div>
    </fieldset>
  )
}

/** Ticks the first so many boxes of the form, and no other. */
function tick(form: HTMLFormElement | null, first: number) {
  form?.querySelectorAll<HTMLInputElement>('input[type="checkbox"][name="id"]').forEach((box, index) => {
    box.checked = index < first
  })
}

/** What became of each. */
export function BulkOutcomes({ outcomes }: { outcomes: readonly BulkOutcome[] }) {
  const undone = outcomes.filter(({ done }) => !done).length
  return (
    <div
      role="status"
      className="mb-4 border border-line border-l-4 border-l-accent bg-sheet px-3 py-2 text-sm"
    >
      <p className="font-semibold">
        {outcomes.length - undone} done{undone ? `, ${undone} not` : ''}
      </p>
      <ul className="mt-1 space-y-0.5">
        {outcomes.map(({ title, done, words }) => (
          <li key={title + words}>
            {title}: <span className={done ? '' : 'text-red'}>{words}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
