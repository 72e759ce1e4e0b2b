import {
  TRANCHE_ACT_LABEL,
  TRANCHE_METHOD_LABEL,
  TRANCHE_METHODS,
  TRANCHE_RULES,
  TRANCHE_STATE_LABEL,
  type TrancheAct,
  type TrancheState,
} from '../../domain/money-tranches'
import { Badge, type Tone } from '../ui/badge'
import { Day } from '../ui/date'
import { SelectField, TextArea, TextField } from '../ui/field'
import { Money } from '../ui/money'
import type { RefusedForm } from '../ui/use-done'
import { ActForm, refusedOf } from './act-form'

type Tranche = {
  id: string
  number: number
  amount: string
  plannedOn: string
  paidOn: string | null
  method: (typeof TRANCHE_METHODS)[number]
  state: TrancheState
  reason: string | null
}

const TONE: Record<TrancheState, Tone> = {
  planned: 'neutral',
  requested: 'accent',
  approved: 'ochre',
  paid: 'green',
  failed: 'red',
  cancelled: 'neutral',
}

/** Tranches in their order, planned and actual day, with what the reader may do. */
export function Tranches({
  tranches,
  currency,
  today,
  actKey,
  refused,
}: {
  tranches: readonly (Tranche & { acts: readonly TrancheAct[] })[]
  currency: string
  today: string
  actKey: string
  refused: RefusedForm
}) {
  if (tranches.length === 0) return <p className="text-sm text-muted">No tranches are planned.</p>
  return (
    <ol className="space-y-3">
      {tranches.map((one) => (
        <li key={one.id} className="border border-rule bg-sheet p-3 text-sm">
          <TrancheLine tranche={one} currency={currency} />
          {one.acts.length > 0 ? (
            <div className="mt-3 space-y-2">
              {one.acts.map((act) => {
                const id = `${act} ${one.id}`
                const { fields, form } = refusedOf(refused, id)
                return (
                  <ActForm
                    key={act}
                    id={id}
                    label={`${TRANCHE_ACT_LABEL[act].act}: tranche ${one.number}`}
                    actKey={actKey}
                    refused={refused}
                    hidden={{ act: 'tranche', trancheId: one.id, trancheAct: act }}
                    variant={act === 'fail' || act === 'drop' ? 'danger' : 'primary'}
                  >
                    {act === 'pay' ? (
                      <TextField
                        label="Paid on"
                        name="paidOn"
                        type="date"
                        defaultValue={form.paidOn ?? today}
                        error={fields.paidOn}
                        required
                      />
                    ) : null}
                    {TRANCHE_RULES[act].needsReason ? (
                      <TextArea
                        label="Why"
                        name="reason"
                        rows={2}
                        defaultValue={form.reason}
                        error={fields.reason}
                        required
                      />
                    ) : null}
                  </ActForm>
                )
              })}
            </div>
          ) : null}
        </li>
      ))}
    </ol>
  )
}

export function TrancheLine({ tranche: one, currency }: { tranche: Tranche; currency: string }) {
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span className="font-semibold">Tranche {one.number}</span>
      <Money amount={one.amount} currency={currency} />
      <Badge tone={TONE[one.state]}>{TRANCHE_STATE_LABEL[one.state]}</Badge>
      <span className="text-muted">
        planned <Day date={one.plannedOn} />
        {one.paidOn ? (
          <>
            , paid <Day date={one.paidOn} />
          </>
        ) : null}
        , {TRANCHE_METHOD_LABEL[one.method].toLowerCase()}
        {one.reason ? `, ${one.reason}` : ''}
      </span>
    </p>
  )
}

export function PlanTranche({
  currency,
  actKey,
  refused,
}: {
  currency: string
  actKey: string
  refused: RefusedForm
}) {
  const { fields, form } = refusedOf(refused, 'plan_tranche')
  return (
    <ActForm
      id="plan_tranche"
      label="Plan a tranche"
      actKey={actKey}
      refused={refused}
      hidden={{ act: 'plan_tranche' }}
    >
      <TextField
        label={`Tranche amount (${currency})`}
        name="amount"
        inputMode="decimal"
        defaultValue={form.amount}
        error={fields.amount}
        required
      />
      <TextField
        label="Planned on"
        name="plannedOn"
        type="date"
        defaultValue={form.plannedOn}
        error={fields.plannedOn}
        required
      />
      <SelectField
        label="How it is paid"
        name="method"
        defaultValue={form.method}
        options={TRANCHE_METHODS.map((value) => ({ value, label: TRANCHE_METHOD_LABEL[value] }))}
      />
    </ActForm>
  )
}
