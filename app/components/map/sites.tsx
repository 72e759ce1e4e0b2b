import { Form, Link, useSearchParams, useSubmit } from '@remix-run/react'
import { countryName } from '../../domain/country'
import { formatDecimal } from '../../domain/decimal-words'
import { type Rate, rateWords } from '../../domain/exchange-rate'
import {
  isMoney,
  MAP_CURRENCY,
  MAP_SIZE_LABEL,
  MAP_SIZES,
  type MapSize,
  STAGE_GROUP_LABEL,
  STAGE_GROUPS,
  type StageGroup,
} from '../../domain/map-wish'
import { stageLabel } from '../projects/project-list'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty'
import { SelectField } from '../ui/field'
import { Flag } from '../ui/flag'
import { Table, Td, Th } from '../ui/table'
import { ProjectsMap } from './projects-map'

export type SiteLine = {
  id: string
  title: string
  lat: number | null
  lon: number | null
  countryIso2: string | null
  stages: string[]
  group: StageGroup
  value: number | null
  text: string | null
}

/** A table of more says less; the list has them all. */
const LISTED = 100

const DOT: Record<StageGroup, string> = {
  mining: 'bg-accent',
  processing: 'bg-ochre',
  products: 'bg-green',
  other: 'bg-muted',
}

/** Projects on the map by group of stages, sized as the reader picks, and the same as a table. */
export function Sites({
  sites,
  size,
  rates,
}: {
  sites: readonly SiteLine[]
  size: MapSize
  rates: readonly Rate[]
}) {
  if (!sites.length)
    return (
      <EmptyState title="Neither site nor country is known of these projects">
        <p>The list has them all.</p>
      </EmptyState>
    )
  const ordered = [...sites].sort(
    (a, b) => (b.value ?? -1) - (a.value ?? -1) || a.title.localeCompare(b.title, 'en'),
  )
  return (
    <>
      <SizePicker size={size} />
      <ProjectsMap pins={sites} />
      <Legend sites={sites} size={size} rates={rates} />
      <div className="mt-4">
        <Table caption="Projects on the map" stack>
          <thead>
            <tr>
              <Th>Project</Th>
              <Th>Country</Th>
              <Th>Stages</Th>
              <Th>Drawn at</Th>
              {size === 'none' ? null : <Th numeric>{MAP_SIZE_LABEL[size]}</Th>}
            </tr>
          </thead>
          <tbody>
            {ordered.slice(0, LISTED).map((site) => (
              <tr key={site.id}>
                <Th scope="row">
                  <Link to={`/projects/${site.id}`} className="row-link">
                    {site.title}
                  </Link>
                </Th>
                <Td label="Country">
                  {site.countryIso2 ? (
                    <>
                      <Flag iso2={site.countryIso2} className="mr-2" />
                      {countryName(site.countryIso2)}
                    </>
                  ) : (
                    <span className="text-muted">not given</span>
                  )}
                </Td>
                <Td label="Stages">
                  {site.stages.length ? (
                    site.stages.map(stageLabel).join(', ')
                  ) : (
                    <span className="text-muted">not given</span>
                  )}
                </Td>
                <Td label="Drawn at">{site.lat === null ? 'its country' : 'its site'}</Td>
                {size === 'none' ? null : (
                  <Td label={MAP_SIZE_LABEL[size]} numeric>
                    {site.text ? (
                      grouped(site.text)
                    ) : (
                      <span className="text-muted">
                        {size === 'committed' ? 'none open to you' : 'not given'}
                      </span>
                    )}
                  </Td>
                )}
              </tr>
            ))}
          </tbody>
        </Table>
        {sites.length > LISTED ? (
          <p className="mt-2 text-sm text-muted">
            The first {LISTED} of {sites.length}. The list has them all.
          </p>
        ) : null}
      </div>
    </>
  )
}

/** "EUR 1000000.0000" and "1200.5 t/a" with their figures grouped. */
const grouped = (text: string) => text.replace(/\d+(\.\d+)?/g, (figure) => formatDecimal(figure))

function SizePicker({ size }: { size: MapSize }) {
  const [search] = useSearchParams()
  const submit = useSubmit()
  const kept = [...search].filter(([name]) => name !== 'size')
  return (
    <Form
      method="get"
      className="no-print mb-2 flex flex-wrap items-end gap-2"
      onChange={(event) => submit(event.currentTarget, { replace: true, preventScrollReset: true })}
    >
      {kept.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <SelectField
        label="Sized by"
        name="size"
        defaultValue={size}
        options={MAP_SIZES.map((value) => ({ value, label: MAP_SIZE_LABEL[value] }))}
      />
      <noscript>
        <Button>Draw</Button>
      </noscript>
    </Form>
  )
}

function Legend({
  sites,
  size,
  rates,
}: {
  sites: readonly SiteLine[]
  size: MapSize
  rates: readonly Rate[]
}) {
  const sized = sites.filter(({ value }) => value !== null).length
  const unconverted = isMoney(size) ? sites.filter(({ value, text }) => value === null && text).length : 0
  return (
    <div className="mt-2 space-y-1 text-sm text-muted">
      <ul className="flex flex-wrap gap-x-5 gap-y-1">
        {STAGE_GROUPS.map((group) => (
          <li key={group} className="flex items-center gap-1.5">
            <span aria-hidden="true" className={`size-3 rounded-full ${DOT[group]}`} />
            {STAGE_GROUP_LABEL[group]}
          </li>
        ))}
        <li className="flex items-center gap-1.5">
          <span aria-hidden="true" className="size-3 rounded-full border-2 border-dashed border-accent" />
          Only the country is known
        </li>
      </ul>
      {size === 'none' ? null : (
        <p>
          The area of a circle is in proportion to {MAP_SIZE_LABEL[size].toLowerCase()}
          {isMoney(size) ? ` in ${MAP_CURRENCY}` : ' in contained tonnes a year'}
          {size === 'committed' ? ', as far as it is open to you' : ''}: given for {sized} of {sites.length},
          the others are the smallest.
          {rates.length ? ` Converted by ${rates.map(rateWords).join('; ')}.` : ''}
          {unconverted
            ? ` ${unconverted} in another currency ${unconverted === 1 ? 'has' : 'have'} no rate, and no size.`
            : ''}
        </p>
      )}
    </div>
  )
}
