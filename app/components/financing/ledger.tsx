import { Link } from '@remix-run/react'
import { LEDGER_LABEL, type LedgerKind } from '../../domain/money-ledger'
import { Day } from '../ui/date'
import { SelectField, TextArea, TextField } from '../ui/field'
import { Money } from '../ui/money'
import { Table, Td, Th } from '../ui/table'
import type { RefusedForm } from '../ui/use-done'
import { ActForm, FileField, refusedOf } from './act-form'

type Entry = {
  id: string
  kind: LedgerKind
  amount: string
  currency: string
  onDate: string | null
  upTo: boolean
  note: string
  fileId: string | null
  reversesId: string | null
  isReversed: boolean
  mayReverse: boolean
}

/** Every line as it was written; one that was taken back stays, with its reversal. */
export function Ledger({
  entries,
  actKey,
  refused,
}: {
  entries: readonly Entry[]
  actKey: string
  refused: RefusedForm
}) {
  if (entries.length === 0) return <p className="text-sm text-muted">Nothing is recorded yet.</p>
  return (
    <>
      <Table caption="Ledger" stack>
        <thead>
          <tr>
            <Th>Kind</Th>
            <Th numeric>Amount</Th>
            <Th>Day</Th>
            <Th>Note</Th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.id}>
              <Th scope="row">
                {LEDGER_LABEL[entry.kind].label}
                {entry.reversesId ? ' (reversal)' : entry.isReversed ? ' (taken back)' : ''}
              </Th>
              <Td numeric label="Amount">
                {entry.upTo ? 'up to ' : ''}
                <Money amount={entry.amount} currency={entry.currency} />
              </Td>
              <Td label="Day">
                <Day date={entry.onDate} none="not given" />
              </Td>
              <Td label="Note">
                {entry.note || entry.fileId ? entry.note : <span className="text-muted">–</span>}
                {entry.fileId ? (
                  <>
                    {' '}
                    <Link className="link" to={`/financing/files/${entry.fileId}`} reloadDocument>
                      document
                    </Link>
                  </>
                ) : null}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      {entries.some(({ mayReverse }) => mayReverse) ? (
        <div className="mt-3">
          <Reverse
            entries={entries.filter(({ mayReverse }) => mayReverse)}
            actKey={actKey}
            refused={refused}
          />
        </div>
      ) : null}
    </>
  )
}

function Reverse({
  entries,
  actKey,
  refused,
}: {
  entries: readonly Entry[]
  actKey: string
  refused: RefusedForm
}) {
  const { fields, form } = refusedOf(refused, 'reverse')
  return (
    <ActForm
      id="reverse"
      label="Take a wrong line back"
      actKey={actKey}
      refused={refused}
      hidden={{ act: 'reverse' }}
      variant="danger"
    >
      <SelectField
        label="Line"
        name="entryId"
        defaultValue={form.entryId}
        options={entries.map((entry) => ({
          value: entry.id,
          label: `${LEDGER_LABEL[entry.kind].label} ${entry.currency} ${entry.amount}`,
        }))}
      />
      <TextArea
        label="Why"
        name="reason"
        rows={2}
        defaultValue={form.reason}
        error={fields.reason}
        required
      />
      <FileField error={fields.file} />
    </ActForm>
  )
}

/** Writes one line. */
export function RecordMoney({
  kinds,
  currency,
  facilities,
  prove,
  actKey,
  today,
  refused,
}: {
  kinds: readonly LedgerKind[]
  currency: string
  facilities: readonly { id: string; name: string }[]
  prove: boolean
  actKey: string
  today: string
  refused: RefusedForm
}) {
  if (kinds.length === 0) return null
  const { fields, form } = refusedOf(refused, 'record')
  return (
    <ActForm id="record" label="Record money" actKey={actKey} refused={refused} hidden={{ act: 'record' }}>
      <SelectField
        label="Kind"
        name="kind"
        defaultValue={form.kind}
        error={fields.kind}
        options={kinds.map((kind) => ({ value: kind, label: LEDGER_LABEL[kind].label }))}
      />
      <TextField
        label={`Amount (${currency})`}
        name="amount"
        inputMode="decimal"
        defaultValue={form.amount}
        error={fields.amount}
        required
      />
      <TextField
        label="Day"
        name="onDate"
        type="date"
        defaultValue={form.onDate ?? today}
        error={fields.onDate}
        required
      />
      {facilities.length > 0 ? (
        <SelectField
          label="Facility"
          name="facilityId"
          hint="For a commitment that draws on one."
          defaultValue={form.facilityId}
          error={fields.facilityId}
          options={[
            { value: '', label: 'None' },
            ...facilities.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      ) : null}
      <TextField label="Note" name="note" defaultValue={form.note} error={fields.note} />
      <FileField error={fields.file} hint={prove ? 'Required: the institution’s own document.' : undefined} />
    </ActForm>
  )
}
