import { useSearchParams } from '@remix-run/react'
import { CORROBORATION_LABEL, CORROBORATIONS } from '../../domain/corroboration'
import { PROJECT_STATE_LABEL, PROJECT_STATES, STAGE_LABEL, STAGES } from '../../domain/project-stage'
import { SelectField, TextField } from '../ui/field'
import { FilterChips } from '../ui/filter-chips'
import { FilterForm } from '../ui/filter-form'

type Named = { id: string; name: string }
type Choices = { minerals: readonly Named[]; partners: readonly Named[] }

const selectsOf = ({
  minerals,
  partners,
}: Choices): { name: string; label: string; all: string; of: readonly Named[] }[] => [
  { name: 'mineral', label: 'Mineral', all: 'Every mineral', of: minerals },
  {
    name: 'stage',
    label: 'Stage',
    all: 'Every stage',
    of: STAGES.map((id) => ({ id, name: STAGE_LABEL[id] })),
  },
  { name: 'partner', label: 'Partner', all: 'Every partner', of: partners },
  {
    name: 'state',
    label: 'State',
    all: 'Every state',
    of: PROJECT_STATES.map((id) => ({ id, name: PROJECT_STATE_LABEL[id] })),
  },
  {
    name: 'corroboration',
    label: 'Corroboration',
    all: 'Any',
    of: [
      ...CORROBORATIONS.map((id) => ({ id, name: CORROBORATION_LABEL[id].label })),
      { id: 'own', name: 'Entered by a delegation' },
    ],
  },
]

export function ProjectFilterForm(choices: Choices) {
  const [search] = useSearchParams()
  const selects = selectsOf(choices)
  return (
    <FilterForm
      label="Projects"
      names={['q', ...selects.map(({ name }) => name)]}
      className="no-print mb-3 grid grid-cols-2 items-end gap-3 md:grid-cols-4 lg:grid-cols-5"
    >
      {(value) => (
        <>
          <TextField
            label="Title, operator or place"
            className="col-span-2"
            name="q"
            type="search"
            autoComplete="off"
            spellCheck={false}
            defaultValue={value('q')}
          />
          {selects.map(({ name, label, all, of }) => (
            <SelectField
              key={name}
              label={label}
              name={name}
              defaultValue={value(name)}
              options={[{ value: '', label: all }, ...of.map(({ id, name }) => ({ value: id, label: name }))]}
            />
          ))}
          <SelectField
            label="Order"
            name="sort"
            defaultValue={value('sort')}
            options={[
              { value: '', label: 'By title' },
              { value: 'cost', label: 'By capital cost, each currency by itself' },
              { value: 'changed', label: 'Last changed first' },
            ]}
          />
          {search.get('view') === 'map' ? <input type="hidden" name="view" value="map" /> : null}
          {search.get('size') ? <input type="hidden" name="size" value={search.get('size') ?? ''} /> : null}
        </>
      )}
    </FilterForm>
  )
}

/** The filters that are set and that the list knows. */
export function ProjectFilterChips(choices: Choices) {
  const [search] = useSearchParams()
  const q = search.get('q')?.trim()
  const chips = selectsOf(choices).flatMap(({ name, label, of }) => {
    const chosen = of.find(({ id }) => id === search.get(name))
    return chosen ? [{ name, label, value: chosen.name }] : []
  })
  return <FilterChips chips={q ? [{ name: 'q', label: 'Search', value: q }, ...chips] : chips} />
}
