import type { KeyboardEvent } from 'react'
import type * as Y from 'yjs'
import { useField } from '../../collab/react'
import { COUNTRIES } from '../../domain/country'
import { CURRENCIES } from '../../domain/currency'
import { STAGE_LABEL, STAGES } from '../../domain/project-stage'
import { FIELD_LABEL, type FieldName, MILESTONES } from '../../domain/proposal-fields'
import { ChoiceList } from '../ui/choice-list'
import { SelectField } from '../ui/field'
import { ChoiceBox } from './choice-box'
import { textOf } from './field-draft'
import { problemOf, useFieldProblems } from './field-problems'
import { FieldSite } from './field-site'
import { FieldText } from './field-text'
import { readDecimal, readMonth, readYear } from './read-values'

type Props = { doc: Y.Doc; editable: boolean }

const STAGE_OPTIONS = STAGES.map((stage) => ({ id: stage, name: STAGE_LABEL[stage] }))
const COUNTRY_OPTIONS = [
  { value: '', label: 'Not given' },
  ...COUNTRIES.map(({ iso2, name }) => ({ value: iso2, label: name })),
]
const CURRENCY_OPTIONS = [
  { value: '', label: 'Not given' },
  ...CURRENCIES.map((code) => ({ value: code, label: code })),
]

/** The structured answers, edited together in the same document as the text. */
export function KeyFacts({
  doc,
  editable,
  minerals,
  undo,
  redo,
}: Props & {
  minerals: readonly { id: string; name: string }[]
  undo: () => void
  redo: () => void
}) {
  /** Undo is the document's, as in the text; in a line of text that is being typed it is the browser's. */
  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing || !(event.ctrlKey || event.metaKey) || event.altKey) return
    const key = event.key.toLowerCase()
    if (key !== 'z' && key !== 'y') return
    if (event.target instanceof HTMLInputElement && event.target.dataset.draft === 'typing') return
    event.preventDefault()
    if (key === 'y' || event.shiftKey) redo()
    else undo()
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for what the fields within take
    <div className="space-y-4" onKeyDown={editable ? onKeyDown : undefined}>
      <Unread doc={doc} />
      <FieldMinerals doc={doc} editable={editable} options={minerals} />
      <FieldStages doc={doc} editable={editable} />
      <FieldText doc={doc} name="product" editable={editable} />
      <FieldText
        doc={doc}
        name="capacity"
        editable={editable}
        inputMode="decimal"
        hint="Tonnes of the mineral contained, a year: 12500"
        read={readDecimal}
      />
      <div className="grid grid-cols-[1fr_7rem] gap-3">
        <FieldText
          doc={doc}
          name="capitalCost"
          editable={editable}
          inputMode="decimal"
          hint="In whole units: 1200000000"
          read={readDecimal}
        />
        <FieldSelect doc={doc} name="currency" editable={editable} options={CURRENCY_OPTIONS} />
      </div>
      <FieldText doc={doc} name="priceYear" editable={editable} inputMode="numeric" read={readYear} />
      <FieldText doc={doc} name="operator" editable={editable} />
      <FieldSelect doc={doc} name="operatorCountry" editable={editable} options={COUNTRY_OPTIONS} />
      <FieldSelect doc={doc} name="country" editable={editable} options={COUNTRY_OPTIONS} />
      <FieldText doc={doc} name="place" editable={editable} />
      <FieldSite doc={doc} editable={editable} />
      <fieldset>
        <legend className="mb-2 text-sm font-semibold">
          Timetable <span className="font-normal text-muted">(year and month)</span>
        </legend>
        <div className="grid grid-cols-2 gap-3">
          {MILESTONES.map((milestone) => (
            <FieldText
              key={milestone}
              doc={doc}
              name={`timetable.${milestone}`}
              editable={editable}
              placeholder="yyyy-mm"
              read={readMonth}
            />
          ))}
        </div>
      </fieldset>
    </div>
  )
}

const labelOf = (field: string) => (field in FIELD_LABEL ? FIELD_LABEL[field as FieldName] : field)

/** What stands in the document and cannot be read, so that the project list goes without. It is kept until it is mended. */
function Unread({ doc }: { doc: Y.Doc }) {
  const problems = useFieldProblems(doc)
  if (problems.length === 0) return null
  return (
    <div className="border border-red border-l-4 bg-red-wash px-3 py-2 text-sm">
      <p className="font-semibold">Kept here, but not in the project list:</p>
      <ul>
        {problems.map(({ field, problem }) => (
          <li key={field}>
            {labelOf(field)}: {problem}.
          </li>
        ))}
      </ul>
    </div>
  )
}

const textsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []

function FieldMinerals({
  doc,
  editable,
  options,
}: Props & { options: readonly { id: string; name: string }[] }) {
  const [value, set] = useField<unknown>(doc, 'minerals')
  return (
    <ChoiceBox
      label={FIELD_LABEL.minerals}
      options={options}
      chosen={textsIn(value)}
      editable={editable}
      error={problemOf('minerals', value)}
      onChange={(next) => set(next.length ? next : null)}
    />
  )
}

function FieldStages({ doc, editable }: Props) {
  const [value, set] = useField<unknown>(doc, 'stages')
  return (
    <ChoiceList
      label={FIELD_LABEL.stages}
      options={STAGE_OPTIONS}
      chosen={textsIn(value)}
      disabled={!editable}
      error={problemOf('stages', value)}
      onChange={(next) => set(next.length ? next : null)}
    />
  )
}

function FieldSelect({
  doc,
  name,
  editable,
  options,
}: Props & { name: FieldName; options: readonly { value: string; label: string }[] }) {
  const [value, set] = useField<unknown>(doc, name)
  const now = textOf(value)
  // A value that is not in the list is shown all the same.
  const known = options.some((option) => option.value === now)
  return (
    <SelectField
      label={FIELD_LABEL[name]}
      name={name}
      options={known ? options : [...options, { value: now, label: now }]}
      disabled={!editable}
      value={now}
      error={problemOf(name, value)}
      onChange={(event) => set(event.target.value || null)}
    />
  )
}
