import type * as Y from 'yjs'
import { useField } from '../../collab/react'
import { INSTRUMENT_LABEL, INSTRUMENTS } from '../../domain/money-instruments'
import { REQUEST_FIELD_LABEL, readRequestFields } from '../../domain/request-fields'
import { ChoiceList } from '../ui/choice-list'
import { CURRENCY_OPTIONS, FactsFrame } from './facts-frame'
import { problemOf } from './field-problems'
import { FieldSelect, textsIn } from './field-select'
import { FieldText } from './field-text'
import { readDecimal, readMonth, readWhole } from './read-values'

const INSTRUMENT_OPTIONS = INSTRUMENTS.map((id) => ({ id, name: INSTRUMENT_LABEL[id] }))

/** What a financing request seeks in all, edited together in the same document as its text. */
export function RequestFacts({
  doc,
  editable,
  undo,
  redo,
}: {
  doc: Y.Doc
  editable: boolean
  undo: () => void
  redo: () => void
}) {
  const [instruments, setInstruments] = useField<unknown>(doc, 'instruments')
  const common = { doc, editable }
  return (
    <FactsFrame {...common} read={readRequestFields} list="lists" undo={undo} redo={redo}>
      <ChoiceList
        label={REQUEST_FIELD_LABEL.instruments}
        options={INSTRUMENT_OPTIONS}
        chosen={textsIn(instruments)}
        disabled={!editable}
        error={problemOf('instruments', instruments)}
        onChange={(next) => setInstruments(next.length ? next : null)}
      />
      <div className="grid grid-cols-[1fr_7rem] gap-3">
        <FieldText
          {...common}
          name="amount"
          inputMode="decimal"
          hint="In whole units, from everybody together"
          read={readDecimal}
        />
        <FieldSelect {...common} name="currency" options={CURRENCY_OPTIONS} />
      </div>
      <FieldText {...common} name="purpose" />
      <div className="grid grid-cols-2 gap-3">
        <FieldText {...common} name="tenorYears" inputMode="numeric" read={readWhole} />
        <FieldText {...common} name="graceYears" inputMode="numeric" read={readWhole} />
      </div>
      <FieldText {...common} name="neededBy" placeholder="yyyy-mm" read={readMonth} />
      <FieldText {...common} name="security" />
      <FieldText {...common} name="coFinanciers" />
    </FactsFrame>
  )
}
