import type * as Y from 'yjs'
import { useField } from '../../collab/react'
import { COUNTRIES } from '../../domain/country'
import { STAGE_LABEL, STAGES } from '../../domain/project-stage'
import { FIELD_LABEL, MILESTONES, readProposalFields } from '../../domain/proposal-fields'
import { ChoiceList } from '../ui/choice-list'
import { ChoiceBox } from './choice-box'
import { CURRENCY_OPTIONS, FactsFrame } from './facts-frame'
import { problemOf } from './field-problems'
import { FieldSelect, textsIn } from './field-select'
import { FieldSite } from './field-site'
import { FieldText } from './field-text'
import { readDecimal, readMonth, readYear } from './read-values'

type Props = { doc: Y.Doc; editable: boolean }

const STAGE_OPTIONS = STAGES.map((stage) => ({ id: stage, name: STAGE_LABEL[stage] }))
const COUNTRY_OPTIONS = [
  { value: '', label: 'Not given' },
  ...COUNTRIES.map(({ iso2, name }) => ({ value: iso2, label: name })),
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
  return (
    <FactsFrame
      doc={doc}
      editable={editable}
      read={readProposalFields}
      list="the project list"
      undo={undo}
      redo={redo}
    >
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
    </FactsFrame>
  )
}

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
