import { PROGRAMME_LABEL, PROGRAMMES, STANDING_LABEL, STANDINGS } from '../../domain/standing'
import { SelectField, TextField } from '../ui/field'
import { FilterForm } from '../ui/filter-form'

export function PartnerFilterForm({ regions }: { regions: readonly string[] }) {
  return (
    <FilterForm
      label="Partners"
      names={['q', 'region', 'programme', 'standing']}
      className="no-print mb-4 grid grid-cols-2 items-end gap-3 lg:grid-cols-[minmax(14rem,1.6fr)_1fr_1.3fr_1fr_auto]"
    >
      {(value) => (
        <>
          <TextField
            label="Name or ISO code"
            className="col-span-2 lg:col-span-1"
            name="q"
            type="search"
            autoComplete="off"
            spellCheck={false}
            defaultValue={value('q')}
          />
          <SelectField
            label="Region"
            name="region"
            defaultValue={value('region')}
            options={[
              { value: '', label: 'Every region' },
              ...regions.map((region) => ({ value: region, label: region })),
            ]}
          />
          <SelectField
            label="Programme"
            name="programme"
            defaultValue={value('programme')}
            options={[
              { value: '', label: 'Any programme' },
              ...PROGRAMMES.map((programme) => ({ value: programme, label: PROGRAMME_LABEL[programme] })),
            ]}
          />
          <SelectField
            label="Standing"
            name="standing"
            defaultValue={value('standing')}
            options={[
              { value: '', label: value('programme') ? 'Takes part in any way' : 'Any standing' },
              ...STANDINGS.map((standing) => ({ value: standing, label: STANDING_LABEL[standing] })),
            ]}
          />
        </>
      )}
    </FilterForm>
  )
}
