import { Link } from '@remix-run/react'
import type { Concentration } from '../../domain/concentration'
import {
  CAPACITY_BOUND_LABEL,
  type CapacityBound,
  SUPPLY_STAGE_LABEL,
  type SupplyStage,
} from '../../domain/supply'
import type { CountedCapacity, Gap } from '../../domain/supply-gap'
import { type Bar, BarChart } from '../chart/bar-chart'
import { ChartFigure } from '../chart/chart-figure'
import { Section } from '../ui/page'
import { Table, Td, Th } from '../ui/table'
import { Hhi, seriesName } from './supply-table'
import { shareWords, tonnesWords } from './words'

type Capacity = {
  projectId: string
  title: string
  tonnes: number
  bound: CapacityBound
  basis: string
  count: CountedCapacity
}

type PublishedRow = {
  country: string
  year: number
  published: string
  isEstimate: boolean
  qualifier: string
  note: string | null
}

export type SeriesLine = {
  seriesId: string
  mineral: string
  product: string
  stage: SupplyStage
  year: number
  basis: string
  source: string
  licence: string
  notComparable: string | null
  concentration: Concentration | null
  capacities: readonly Capacity[]
  capacity: number
  gap: Gap | null
  rows: readonly PublishedRow[]
}

/** A series of a mineral in one year: its producers, the index with its arithmetic, the gap and who closes it. */
export function SeriesSection({ line, ceiling }: { line: SeriesLine; ceiling: number }) {
  const { concentration } = line
  return (
    <Section
      id={line.seriesId}
      level={3}
      title={`${seriesName(line)}, ${SUPPLY_STAGE_LABEL[line.stage].toLowerCase()}`}
      note={line.year}
    >
      {concentration ? (
        <>
          <Producers line={line} concentration={concentration} />
          <Arithmetic concentration={concentration} />
          {line.gap ? (
            <GapPart line={line} gap={line.gap} concentration={concentration} ceiling={ceiling} />
          ) : null}
        </>
      ) : (
        <AsPublished line={line} />
      )}
    </Section>
  )
}

function Producers({ line, concentration }: { line: SeriesLine; concentration: Concentration }) {
  const { producers, other, total, stated, without } = concentration
  const bars: Bar[] = producers.map(({ country, tonnes, share }, index) => ({
    ...{ id: country, label: country, value: share * 100 },
    text: `${shareWords(share)} · ${tonnesWords(tonnes)}`,
    tone: index === 0 ? 'ochre' : 'accent',
  }))
  if (other > 0)
    bars.push({
      ...{ id: 'other', label: 'Other countries', value: (other / total) * 100, tone: 'muted' },
      text: `${shareWords(other / total)} · ${tonnesWords(other)}`,
    })
  const title = `Production of ${seriesName(line)}, ${SUPPLY_STAGE_LABEL[line.stage].toLowerCase()}, ${line.year}`
  return (
    <ChartFigure
      title={title}
      name={`production-${line.seriesId}-${line.year}`}
      head={['Country', 'Tonnes', 'Share (%)']}
      rows={[
        ...producers.map(({ country, tonnes, share }) => [country, tonnes, share * 100]),
        ...(other > 0 ? [['Other countries', other, (other / total) * 100]] : []),
      ]}
      words={(value, column) => value.toLocaleString('en', { maximumFractionDigits: column === 1 ? 2 : 1 })}
      summary={
        <p>
          All that is listed: {tonnesWords(total)}
          {stated === null ? '' : `; the source’s own world total, rounded: ${tonnesWords(stated)}`}.
          {without.length ? ` Without a figure, and in no sum: ${without.join(', ')}.` : ''}
        </p>
      }
      notes={[`Source: ${line.source}`, `Licence: ${line.licence}`, `Basis: ${line.basis}`]}
    >
      {(width) => (
        <BarChart
          label={`${title}: ${producers.length} countries, the largest ${producers[0]?.country}. The button “As table” gives the figures.`}
          bars={bars}
          width={width}
          ticks={(value) => `${value} %`}
        />
      )}
    </ChartFigure>
  )
}

/** Terms of the sum that are written out; the rest are taken together. */
const WRITTEN = 5

function Arithmetic({ concentration: { producers, hhi, other, total } }: { concentration: Concentration }) {
  const written = producers.slice(0, WRITTEN).map(({ share }) => `${(share * 100).toFixed(1)}²`)
  const rest = producers.length - WRITTEN
  return (
    <p className="mb-3 text-sm">
      <span className="font-semibold">HHI</span> = {written.join(' + ')}
      {rest > 0 ? ` + ${rest} smaller` : ''}
      {other > 0 ? ` (+ at most ${((other / total) * 100).toFixed(1)}² of other countries)` : ''} ={' '}
      <Hhi hhi={hhi} /> <span className="text-muted">on a scale of 0 to 10,000</span>
    </p>
  )
}

function GapPart({
  line,
  gap,
  concentration: { largest, total },
  ceiling,
}: {
  line: SeriesLine
  gap: Gap
  concentration: Concentration
  ceiling: number
}) {
  const percent = `${Math.round(ceiling * 100)} %`
  return (
    <div className="mb-2 text-sm">
      <p>
        {gap.missing > 0 ? (
          <>
            For {largest.country}’s share to fall from {shareWords(gap.shareNow)} to {percent},{' '}
            <span className="font-semibold">{tonnesWords(gap.missing)} a year are missing</span> from
            elsewhere: {tonnesWords(largest.tonnes)} ÷ {ceiling} − {tonnesWords(total)}.
          </>
        ) : (
          <>
            {largest.country}’s share of {shareWords(gap.shareNow)} is not above {percent}: there is no gap.
          </>
        )}{' '}
        {line.capacity > 0 ? (
          <>
            Projects that you may see add {tonnesWords(line.capacity)} a year
            {gap.closed === null ? '' : `, ${shareWords(gap.closed)} of it`}; produced in full, with nothing
            else changed, the share would be {shareWords(gap.shareThen)}.
          </>
        ) : (
          'No project that you may see states a capacity that counts here.'
        )}
      </p>
      {line.capacities.length ? (
        <div className="mt-2">
          <Table caption={`Projects’ capacities, ${seriesName(line)}`} stack>
            <thead>
              <tr>
                <Th>Project</Th>
                <Th numeric>Contained t/a</Th>
                <Th>Counts</Th>
                <Th>From</Th>
              </tr>
            </thead>
            <tbody>
              {line.capacities.map(({ projectId, title, tonnes, bound, basis, count }) => (
                <tr key={projectId}>
                  <Th scope="row">
                    <Link to={`/projects/${projectId}`} className="row-link">
                      {title}
                    </Link>
                  </Th>
                  <Td label="Contained t/a" numeric>
                    {CAPACITY_BOUND_LABEL[bound]} {tonnesWords(tonnes)}
                  </Td>
                  <Td label="Counts">{count.counted ? 'yes' : `no: ${count.why}`}</Td>
                  <Td label="From">{basis}</Td>
                </tr>
              ))}
            </tbody>
          </Table>
        </div>
      ) : null}
    </div>
  )
}

/** Rows that cannot be set beside each other, in the source's words. */
function AsPublished({ line }: { line: SeriesLine }) {
  return (
    <>
      <p className="mb-2 text-sm text-muted">
        {line.notComparable ?? 'The source gives a total of the world only.'} No index is made of it.
      </p>
      <Table caption={`${seriesName(line)}, as published`} stack>
        <thead>
          <tr>
            <Th>Country</Th>
            <Th numeric>As published</Th>
            <Th>Remark</Th>
          </tr>
        </thead>
        <tbody>
          {line.rows.map((row) => (
            <tr key={`${row.country} ${row.published} ${row.note}`}>
              <Th scope="row">{row.country}</Th>
              <Td label="As published" numeric>
                {row.published}
              </Td>
              <Td label="Remark">
                {[row.isEstimate ? 'estimate' : '', row.note].filter(Boolean).join('; ')}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      <p className="mt-1 text-2xs text-muted">
        Source: {line.source}. Licence: {line.licence}. Basis: {line.basis}
      </p>
    </>
  )
}
