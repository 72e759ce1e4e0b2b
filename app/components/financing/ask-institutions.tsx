import { Form } from '@remix-run/react'
import { useState } from 'react'
import { CURRENCIES } from '../../domain/currency'
import { boughtInTonnes, INSTRUMENT_LABEL, INSTRUMENTS } from '../../domain/money-instruments'
import type { Sought } from '../../domain/request-fields'
import { Button } from '../ui/button'
import { SelectField, TextArea, TextField } from '../ui/field'
import type { RefusedForm } from '../ui/use-done'

/** What the form starts from; the amount of each is another than what is sought of all. */
const startFrom = (sought: Sought | null): Record<string, string> => ({
  ...(sought?.instruments?.[0] ? { instrument: sought.instruments[0] } : {}),
  ...(sought?.currency ? { currency: sought.currency } : {}),
  ...(sought?.purpose ? { purpose: sought.purpose } : {}),
  ...(sought?.tenorYears ? { tenorYears: String(sought.tenorYears) } : {}),
})

/** Asks several institutions for the same at once. */
export function AskInstitutions({
  institutions,
  sought,
  actKey,
  refused,
}: {
  institutions: readonly { id: string; code: string; name: string }[]
  /** What the text says is sought: what is asked starts from it. */
  sought: Sought | null
  actKey: string
  refused: RefusedForm
}) {
  const form = refused?.form.act === 'ask' ? refused.form : startFrom(sought)
  const fields = refused?.form.act === 'ask' ? refused.fields : {}
  const [instrument, setInstrument] = useState(form.instrument ?? 'direct_loan')
  const text = (name: string, label: string, more: Record<string, string> = {}) => (
    <TextField label={label} name={name} defaultValue={form[name]} error={fields[name]} {...more} />
  )
  return (
    <Form method="post" className="max-w-3xl space-y-3">
      <input type="hidden" name="act" value="ask" />
      <input type="hidden" name="key" value={actKey} />
      <fieldset>
        <legend className="mb-1 text-sm font-semibold">Institutions</legend>
        <div className="grid gap-1 sm:grid-cols-2">
          {institutions.map(({ id, code, name }) => (
            <label key={id} className="flex items-start gap-2 text-sm">
              <input type="checkbox" name="institutions" value={id} className="mt-1" />
              <span>
                {code}: {name}
              </span>
            </label>
          ))}
        </div>
        {fields.institutions ? <p className="text-xs font-semibold text-red">{fields.institutions}</p> : null}
      </fieldset>
      <div className="grid gap-3 sm:grid-cols-2">
        <SelectField
          label="Instrument"
          name="instrument"
          value={instrument}
          onChange={(event) => setInstrument(event.target.value)}
          error={fields.instrument}
          options={INSTRUMENTS.map((value) => ({ value, label: INSTRUMENT_LABEL[value] }))}
        />
        {text('tenorYears', 'Tenor (years)', { inputMode: 'numeric' })}
        <TextField
          label="Amount asked of each"
          name="amount"
          inputMode="decimal"
          defaultValue={form.amount}
          error={fields.amount}
          required
        />
        <SelectField
          label="Currency"
          name="currency"
          defaultValue={form.currency ?? 'USD'}
          error={fields.currency}
          options={CURRENCIES.map((code) => ({ value: code, label: code }))}
        />
      </div>
      <TextArea
        label="Use of proceeds"
        name="purpose"
        rows={2}
        defaultValue={form.purpose}
        error={fields.purpose}
        required
      />
      {boughtInTonnes(instrument) ? (
        <fieldset className="grid gap-3 border border-rule p-3 sm:grid-cols-2">
          <legend className="px-1 text-sm font-semibold">What is bought</legend>
          {text('quantityTonnes', 'Quantity (t contained)', { inputMode: 'decimal' })}
          {text('grade', 'Grade')}
          {text('priceFormula', 'Price formula')}
          {text('storage', 'Storage')}
          {text('deliveryFrom', 'Delivery from', { type: 'date' })}
          {text('deliveryTo', 'Delivery to', { type: 'date' })}
          {text('releaseRule', 'Release rule')}
        </fieldset>
      ) : null}
      <Button variant="primary">Ask them</Button>
    </Form>
  )
}
