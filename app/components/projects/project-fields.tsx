import { Form } from '@remix-run/react'
import { useState } from 'react'
import { COUNTRIES } from '../../domain/country'
import { CURRENCIES } from '../../domain/currency'
import type { FieldProblems } from '../../domain/fault'
import { MARKING_LABEL } from '../../domain/marking'
import { STAGE_LABEL, STAGES } from '../../domain/project-stage'
import { Button, LinkButton } from '../ui/button'
import { ChoiceList } from '../ui/choice-list'
import { SelectField, TextArea, TextField } from '../ui/field'
import { FormErrors } from '../ui/form-errors'
import { Section } from '../ui/page'

type Named = { id: string; name: string }
export type ProjectValues = Record<string, string | string[]>

const COUNTRY_OPTIONS = [
  { value: '', label: 'Not given' },
  ...COUNTRIES.map(({ iso2, name }) => ({ value: iso2, label: name })),
]
const MARKINGS_OFFERED = ['restricted', 'forge', 'public'] as const

/** The form of a delegation's own project, new or changed. `values` are as typed. */
export function ProjectFields({
  values,
  refused,
  minerals,
  delegations,
  submit,
  back,
}: {
  values: ProjectValues
  refused?: { message: string | null; fields: FieldProblems } | null
  minerals: readonly Named[]
  delegations: readonly Named[]
  submit: string
  back: string
}) {
  const fields = refused?.fields ?? {}
  const one = (name: string) => String(values[name] ?? '')
  const many = (name: string) => [values[name] ?? []].flat()
  const [marking, setMarking] = useState(one('marking') || 'restricted')
  const text = (name: string) => ({ name, defaultValue: one(name), error: fields[name] })
  return (
    <Form method="post" noValidate className="space-y-8">
      <FormErrors message={refused?.message} fields={fields} />
      <Section title="What it is">
        <div className="space-y-4">
          <TextField label="Title" required {...text('title')} />
          <TextArea
            label="Summary"
            hint="In a few sentences; the case itself is written in a proposal."
            {...text('summary')}
          />
          <ChoiceList
            label="Minerals"
            name="minerals"
            options={minerals}
            chosen={many('minerals')}
            error={fields.minerals}
            search
          />
          <ChoiceList
            label="Stages of production"
            name="stages"
            options={STAGES.map((stage) => ({ id: stage, name: STAGE_LABEL[stage] }))}
            chosen={many('stages')}
            error={fields.stages}
          />
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField label="Operator" {...text('operator')} />
            <SelectField
              label="Country of the operator’s owner"
              hint="Where its ultimate owner is at home"
              {...text('operatorCountryIso2')}
              options={COUNTRY_OPTIONS}
            />
          </div>
        </div>
      </Section>
      <Section title="Where">
        <div className="grid gap-4 sm:grid-cols-2">
          <SelectField label="Country" {...text('countryIso2')} options={COUNTRY_OPTIONS} />
          <TextField label="Place" {...text('place')} />
          <TextField
            label="Latitude (WGS 84, degrees)"
            inputMode="decimal"
            hint="South is negative: -4.06"
            {...text('lat')}
          />
          <TextField
            label="Longitude (WGS 84, degrees)"
            inputMode="decimal"
            hint="West is negative: -70.5"
            {...text('lon')}
          />
        </div>
      </Section>
      <Section title="How much">
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField label="Product" {...text('product')} />
          <TextField label="Capacity (t contained a year)" inputMode="decimal" {...text('capacityTonnes')} />
          <TextField
            label="Capital cost"
            inputMode="decimal"
            hint="In whole units of the currency: 1200000000"
            {...text('capitalCost')}
          />
          <SelectField
            label="Currency"
            {...text('currency')}
            options={[
              { value: '', label: 'Not given' },
              ...CURRENCIES.map((code) => ({ value: code, label: code })),
            ]}
          />
          <TextField label="Price year" inputMode="numeric" {...text('priceYear')} />
          <TextField
            label="First production"
            hint="A year, or a year and month: 2029-06"
            {...text('firstProduction')}
          />
        </div>
      </Section>
      <Section title="Who may know of it">
        <div className="space-y-4">
          <SelectField
            label="Marking"
            name="marking"
            value={marking}
            onChange={(event) => setMarking(event.target.value)}
            error={fields.marking}
            options={MARKINGS_OFFERED.map((value) => ({
              value,
              label: `${MARKING_LABEL[value].tlp} ${MARKING_LABEL[value].label}: ${MARKING_LABEL[value].meaning}`,
            }))}
          />
          {marking === 'restricted' ? (
            <ChoiceList
              label="Delegations that may know of it, besides yours"
              name="readers"
              options={delegations}
              chosen={many('readers')}
              error={fields.readers}
              search
            />
          ) : null}
        </div>
      </Section>
      <div className="flex flex-wrap gap-2">
        <Button variant="primary">{submit}</Button>
        <LinkButton to={back} variant="quiet">
          Cancel
        </LinkButton>
      </div>
    </Form>
  )
}
