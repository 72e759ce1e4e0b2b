import { PROJECT_STATE_LABEL, PROJECT_STATES, STAGE_LABEL, STAGES } from '../../domain/project-stage'
import { SelectField, TextField } from '../ui/field'
import { FilterForm } from '../ui/filter-form'

type Named = { id: string; name: string }

export function ProjectFilterForm({
  minerals,
  partners,
}: {
  minerals: readonly Named[]
  partners: readonly Named[]
}) {
  const options = (all: string, named: readonly Named[]) => [
    { value: '', label: all },
    ...named.map(({ id, name }) => ({ value: id, label: name })),
  ]
  return (
    <FilterForm
      label="Projects"
      names={['q', 'mineral', 'stage', 'partner', 'state']}
      className="no-print mb-4 grid grid-cols-2 items-end gap-3 lg:grid-cols-[minmax(12rem,1.5fr)_1fr_1fr_1fr_1fr_1fr_auto]"
    >
      {(value) => (
        <>
          <TextField
            label="Title, operator or place"
            className="col-span-2 lg:col-span-1"
            name="q"
            type="search"
            autoComplete="off"
            spellCheck={false}
            defaultValue={value('q')}
          />
          <SelectField
            label="Mineral"
            name="mineral"
            defaultValue={value('mineral')}
            options={options('Every mineral', minerals)}
          />
          <SelectField
            label="Stage"
            name="stage"
            defaultValue={value('stage')}
            options={options(
              'Every stage',
              STAGES.map((stage) => ({ id: stage, name: STAGE_LABEL[stage] })),
            )}
          />
          <SelectField
            label="Partner"
            name="partner"
            defaultValue={value('partner')}
            options={options('Every partner', partners)}
          />
          <SelectField
            label="State"
            name="state"
            defaultValue={value('state')}
            options={options(
              'Every state',
              PROJECT_STATES.map((state) => ({ id: state, name: PROJECT_STATE_LABEL[state] })),
            )}
          />
          <SelectField
            label="Order"
            name="sort"
            defaultValue={value('sort')}
            options={[
              { value: '', label: 'By title' },
              { value: 'cost', label: 'By capital cost' },
              { value: 'changed', label: 'Last changed first' },
            ]}
          />
        </>
      )}
    </FilterForm>
  )
}
