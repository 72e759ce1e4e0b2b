import { lazy, Suspense } from 'react'
import type * as Y from 'yjs'
import { useField } from '../../collab/react'
import { COUNTRIES } from '../../domain/country'
import { CURRENCIES } from '../../domain/currency'
import { STAGE_LABEL, STAGES } from '../../domain/project-stage'
import { FIELD_LABEL, type FieldName, type FieldProblem, MILESTONES } from '../../domain/proposal-fields'
import { ChoiceList } from '../ui/choice-list'
import { SelectField } from '../ui/field'
import { FieldText, problemOf } from './field-text'

const SiteMap = lazy(() => import('../map/site-map'))

type Props = { doc: Y.Doc; editable: boolean }

/** Spaces between thousands are how people write numbers; the value has none. */
const readDecimal = (text: string) => text.replace(/[\s\u00a0\u202f,']/g, '')
const readYear = (text: string) => (/^\d{4}$/.test(text) ? Number(text) : text)

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
  problems,
}: Props & { minerals: readonly { id: string; name: string }[]; problems: readonly FieldProblem[] }) {
  return (
    <div className="space-y-4">
      {problems.length ? (
        <ul className="border border-red border-l-4 bg-red-wash px-3 py-2 text-sm">
          {problems.map(({ field, problem }) => (
            <li key={field}>
              Not in the project list: {labelOf(field)}: {problem}.
            </li>
          ))}
        </ul>
      ) : null}
      <FieldChoices doc={doc} name="minerals" editable={editable} options={minerals} search />
      <FieldChoices doc={doc} name="stages" editable={editable} options={STAGE_OPTIONS} />
      <FieldText doc={doc} name="product" editable={editable} />
      <FieldText
        doc={doc}
        name="capacity"
        editable={editable}
        inputMode="decimal"
        hint="Tonnes of the mineral contained, a year: 12500"
        read={readDecimal}
      />
      <div className="grid grid-cols-[minmax(0,1fr)_7rem] gap-3">
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
      <FieldSelect doc={doc} name="country" editable={editable} options={COUNTRY_OPTIONS} />
      <FieldText doc={doc} name="place" editable={editable} />
      <FieldSite doc={doc} editable={editable} />
      <fieldset className="min-w-0">
        <legend className="mb-2 text-sm font-semibold">Timetable</legend>
        <div className="grid grid-cols-2 gap-3">
          {MILESTONES.map((milestone) => (
            <FieldText
              key={milestone}
              doc={doc}
              name={`timetable.${milestone}`}
              editable={editable}
              hint="Year and month: 2028-06"
            />
          ))}
        </div>
      </fieldset>
    </div>
  )
}

const labelOf = (field: string) => (field in FIELD_LABEL ? FIELD_LABEL[field as FieldName] : field)

function FieldChoices({
  doc,
  name,
  editable,
  options,
  search,
}: Props & {
  name: 'minerals' | 'stages'
  options: readonly { id: string; name: string }[]
  search?: boolean
}) {
  const [value, set] = useField<unknown>(doc, name)
  const chosen = Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
  return (
    <ChoiceList
      label={FIELD_LABEL[name]}
      options={options}
      chosen={chosen}
      search={search}
      disabled={!editable}
      error={problemOf(name, value)}
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
  return (
    <SelectField
      label={FIELD_LABEL[name]}
      name={name}
      options={options}
      disabled={!editable}
      value={typeof value === 'string' ? value : ''}
      error={problemOf(name, value)}
      onChange={(event) => set(event.target.value || null)}
    />
  )
}

function isSite(value: unknown): value is { lat: number; lon: number } {
  return problemOf('site', value) === undefined && typeof value === 'object' && value !== null
}

function FieldSite({ doc, editable }: Props) {
  const [value, set] = useField<unknown>(doc, 'site')
  const site = isSite(value) ? value : null
  const put = (part: 'lat' | 'lon', text: string) => {
    const number = Number(text.replace(',', '.'))
    if (text.trim() === '' || Number.isNaN(number)) return
    const limit = part === 'lat' ? 90 : 180
    set({ lat: site?.lat ?? 0, lon: site?.lon ?? 0, [part]: Math.min(limit, Math.max(-limit, number)) })
  }
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-sm font-semibold">{FIELD_LABEL.site}</legend>
      <Suspense fallback={<div className="aspect-[960/467] border border-line bg-well" />}>
        <SiteMap site={site} onChange={editable ? set : undefined} />
      </Suspense>
      <div className="mt-2 grid grid-cols-2 gap-3">
        {(['lat', 'lon'] as const).map((part) => (
          <label key={`${part} ${site?.[part] ?? ''}`} className="text-xs text-muted">
            {part === 'lat' ? 'Latitude, degrees' : 'Longitude, degrees'}
            <input
              className="control"
              inputMode="decimal"
              readOnly={!editable}
              defaultValue={site?.[part] ?? ''}
              onBlur={(event) => {
                if (event.target.value !== String(site?.[part] ?? '')) put(part, event.target.value)
              }}
            />
          </label>
        ))}
      </div>
      {editable && site ? (
        <button type="button" className="link mt-1 min-h-6 text-xs" onClick={() => set(null)}>
          Take the site away
        </button>
      ) : null}
    </fieldset>
  )
}
