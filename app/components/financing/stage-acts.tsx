import { FINANCING_MOVE_LABEL, FINANCING_RULES, type FinancingMove } from '../../domain/money-stages'
import { TextArea, TextField } from '../ui/field'
import type { RefusedForm } from '../ui/use-done'
import { ActForm, FileField, refusedOf } from './act-form'

const ENDING: readonly FinancingMove[] = ['decline', 'withdraw', 'cancel']

/** What the reader may do with the stage. `prove`: they record what the institution did, with its document. */
export function StageActs({
  moves,
  prove,
  actKey,
  refused,
}: {
  moves: readonly FinancingMove[]
  prove: boolean
  actKey: string
  refused: RefusedForm
}) {
  if (moves.length === 0) return <p className="text-sm text-muted">Nothing for you to do at this stage.</p>
  return (
    <div className="space-y-2">
      {moves.map((move) => {
        const rule = FINANCING_RULES[move]
        const { fields, form } = refusedOf(refused, move)
        return (
          <ActForm
            key={move}
            id={move}
            label={FINANCING_MOVE_LABEL[move].act}
            actKey={actKey}
            refused={refused}
            hidden={{ act: 'move', move }}
            variant={ENDING.includes(move) ? 'danger' : 'primary'}
          >
            {ENDING.includes(move) ? <p className="text-sm">This cannot be undone.</p> : null}
            {rule.needsDate ? (
              <TextField
                label={rule.needsDate === 'expiry' ? 'The letter holds until' : 'Work resumes on'}
                name="date"
                type="date"
                defaultValue={form.date}
                error={fields.date}
                required
              />
            ) : null}
            <TextArea
              label={rule.needsReason ? 'Why' : 'Remark'}
              name="reason"
              rows={2}
              defaultValue={form.reason}
              error={fields.reason}
              required={rule.needsReason}
            />
            <FileField
              error={fields.file}
              hint={prove && rule.who !== 'lead' ? 'Required: the institution’s own document.' : undefined}
            />
          </ActForm>
        )
      })}
    </div>
  )
}
