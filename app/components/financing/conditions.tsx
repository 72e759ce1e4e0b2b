import { Link } from '@remix-run/react'
import {
  CONDITION_GATE_LABEL,
  CONDITION_GATES,
  CONDITION_STATE_LABEL,
  type ConditionAct,
  type ConditionGate,
  type ConditionState,
  isMet,
} from '../../domain/money-conditions'
import { Badge } from '../ui/badge'
import { Day, Moment } from '../ui/date'
import { SelectField, TextArea, TextField } from '../ui/field'
import type { RefusedForm } from '../ui/use-done'
import { ActForm, FileField, refusedOf } from './act-form'

type Condition = {
  id: string
  gate: ConditionGate
  text: string
  responsible: string
  dueOn: string | null
  state: ConditionState
  waiverReason: string | null
  acts: readonly ConditionAct[]
  events: readonly {
    id: string
    act: ConditionAct
    text: string
    fileId: string | null
    at: Date
    by: string
  }[]
}

const ACT: Record<ConditionAct, { act: string; done: string; text: string | null; file: boolean }> = {
  submit: { act: 'Submit evidence', done: 'submitted evidence', text: 'What it shows', file: true },
  return: { act: 'Return it', done: 'returned it', text: 'Why', file: false },
  satisfy: { act: 'Satisfied', done: 'found it satisfied', text: null, file: false },
  propose_waiver: { act: 'Propose to waive', done: 'proposed to waive it', text: 'Why', file: false },
  confirm_waiver: { act: 'Confirm the waiver', done: 'confirmed the waiver', text: null, file: false },
}

/** Conditions precedent with owners, dates, evidence and what the reader may do. */
export function Conditions({
  conditions,
  actKey,
  refused,
}: {
  conditions: readonly Condition[]
  actKey: string
  refused: RefusedForm
}) {
  if (conditions.length === 0) return <p className="text-sm text-muted">No conditions are set.</p>
  return (
    <ul className="space-y-3">
      {conditions.map((one) => (
        <li key={one.id} className="border border-rule bg-sheet p-3 text-sm">
          <p className="font-semibold">{one.text}</p>
          <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-muted">
            <Badge tone={isMet(one.state) ? 'green' : one.state === 'returned' ? 'red' : 'ochre'}>
              {CONDITION_STATE_LABEL[one.state]}
            </Badge>
            <span>{CONDITION_GATE_LABEL[one.gate]}</span>
            <span>{one.responsible} meets it</span>
            <span>
              due <Day date={one.dueOn} none="not given" />
            </span>
          </p>
          {one.waiverReason ? <p className="mt-1">Waiver proposed: {one.waiverReason}</p> : null}
          {one.events.length > 0 ? (
            <ul className="mt-2 space-y-1 text-xs text-muted">
              {one.events.map((event) => (
                <li key={event.id}>
                  {event.by} {ACT[event.act].done}, <Moment at={event.at} />
                  {event.text ? `: ${event.text}` : ''}
                  {event.fileId ? (
                    <>
                      {' '}
                      <Link className="link" to={`/financing/files/${event.fileId}`} reloadDocument>
                        evidence
                      </Link>
                    </>
                  ) : null}
                </li>
              ))}
            </ul>
          ) : null}
          {one.acts.length > 0 ? (
            <div className="mt-3 space-y-2">
              {one.acts.map((act) => {
                const id = `${act} ${one.id}`
                const { fields, form } = refusedOf(refused, id)
                const { text, file } = ACT[act]
                return (
                  <ActForm
                    key={act}
                    id={id}
                    label={ACT[act].act}
                    actKey={actKey}
                    refused={refused}
                    hidden={{ act: 'condition', conditionId: one.id, conditionAct: act }}
                    variant={act === 'return' || act === 'confirm_waiver' ? 'danger' : 'primary'}
                  >
                    {text ? (
                      <TextArea
                        label={text}
                        name="text"
                        rows={2}
                        defaultValue={form.text}
                        error={fields.text}
                      />
                    ) : null}
                    {file ? <FileField error={fields.file} /> : null}
                  </ActForm>
                )
              })}
            </div>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

export function SetCondition({
  responsible,
  tranches,
  actKey,
  refused,
}: {
  responsible: readonly { id: string; name: string }[]
  tranches: readonly { id: string; number: number }[]
  actKey: string
  refused: RefusedForm
}) {
  const { fields, form } = refusedOf(refused, 'set_condition')
  return (
    <ActForm
      id="set_condition"
      label="Set a condition"
      actKey={actKey}
      refused={refused}
      hidden={{ act: 'set_condition' }}
    >
      <TextArea
        label="Condition"
        name="text"
        rows={2}
        defaultValue={form.text}
        error={fields.text}
        required
      />
      <SelectField
        label="To be met"
        name="gate"
        defaultValue={form.gate ?? 'first_disbursement'}
        error={fields.gate}
        options={CONDITION_GATES.filter((gate) => gate !== 'tranche' || tranches.length > 0).map((gate) => ({
          value: gate,
          label: CONDITION_GATE_LABEL[gate],
        }))}
      />
      {tranches.length > 0 ? (
        <SelectField
          label="Tranche"
          name="trancheId"
          defaultValue={form.trancheId}
          error={fields.trancheId}
          options={[
            { value: '', label: 'None' },
            ...tranches.map(({ id, number }) => ({ value: id, label: `Tranche ${number}` })),
          ]}
        />
      ) : null}
      <SelectField
        label="By"
        name="responsibleId"
        defaultValue={form.responsibleId}
        error={fields.responsibleId}
        options={responsible.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <TextField label="Due" name="dueOn" type="date" defaultValue={form.dueOn} error={fields.dueOn} />
    </ActForm>
  )
}
