import { useSearchParams } from '@remix-run/react'
import { FINANCING_STAGE_LABEL, FINANCING_STAGES } from '../../domain/money-stages'
import { PIPELINE_FIELDS } from '../../domain/pipeline'
import { STAGE_LABEL, STAGES } from '../../domain/project-stage'
import { SelectField, TextField } from '../ui/field'
import { FilterForm } from '../ui/filter-form'

type Named = { id: string; name: string }

export function PipelineFilterForm({
  minerals,
  partners,
  institutions,
  currencies,
}: {
  minerals: readonly Named[]
  partners: readonly Named[]
  institutions: readonly string[]
  /** Currencies that totals can be given in. */
  currencies: readonly string[]
}) {
  const [search] = useSearchParams()
  const choose = (all: string, of: readonly Named[]) => [
    { value: '', label: all },
    ...of.map(({ id, name }) => ({ value: id, label: name })),
  ]
  return (
    <FilterForm
      label="Filter the pipeline"
      names={[...PIPELINE_FIELDS, 'in']}
      className="no-print mb-4 grid grid-cols-2 items-end gap-3 md:grid-cols-4 lg:grid-cols-5"
    >
      {(value) => {
        const select = (label: string, name: string, options: { value: string; label: string }[]) => (
          <SelectField label={label} name={name} defaultValue={value(name)} options={options} />
        )
        return (
          <>
            {search.get('view') ? <input type="hidden" name="view" value={search.get('view') ?? ''} /> : null}
            <TextField
              label="Request, project or source"
              className="col-span-2"
              name="q"
              type="search"
              autoComplete="off"
              defaultValue={value('q')}
            />
            {select('Mineral', 'mineral', choose('Every mineral', minerals))}
            {select(
              'Stage of production',
              'stage',
              choose(
                'Every stage',
                STAGES.map((id) => ({ id, name: STAGE_LABEL[id] })),
              ),
            )}
            {select(
              'Financing at',
              'at',
              choose(
                'Every stage',
                FINANCING_STAGES.map((id) => ({ id, name: FINANCING_STAGE_LABEL[id] })),
              ),
            )}
            {select(
              'Institution or source',
              'institution',
              choose(
                'Every one',
                institutions.map((name) => ({ id: name, name })),
              ),
            )}
            {select('Partner', 'partner', choose('Every partner', partners))}
            {select('Stuck', 'stuck', choose('All', [{ id: '1', name: 'Stuck only' }]))}
            {select(
              'Totals in',
              'in',
              choose(
                'Each currency by itself',
                currencies.map((code) => ({ id: code, name: code })),
              ),
            )}
          </>
        )
      }}
    </FilterForm>
  )
}
