import { bandOf, hhiWords } from '../../domain/concentration'
import { SUPPLY_STAGE_LABEL } from '../../domain/supply'
import { MEASURE_LABEL, type Measure } from '../../domain/supply-wish'
import { type Bar, BarChart } from '../chart/bar-chart'
import { ChartFigure } from '../chart/chart-figure'
import { type SupplyTableLine, seriesName } from './supply-table'
import { shareWords } from './words'

const BAND_TONE = { low: 'green', moderate: 'ochre', high: 'red' } as const

type Drawn = { bar: Bar; cells: (string | number)[] }

function drawnOf(line: SupplyTableLine, measure: Measure): Drawn | null {
  const { concentration, gap } = line
  if (!concentration || !gap) return null
  const label = `${seriesName(line)}, ${SUPPLY_STAGE_LABEL[line.stage].toLowerCase()}`
  const id = line.seriesId
  if (measure === 'hhi') {
    const { low, high } = concentration.hhi
    return {
      bar: { id, label, value: low, upTo: high, text: hhiWords({ low, high }), tone: BAND_TONE[bandOf(low)] },
      cells: [label, low, high],
    }
  }
  if (measure === 'closed') {
    if (gap.closed === null || line.capacity === 0) return null
    return {
      bar: { id, label, value: gap.closed * 100, text: shareWords(gap.closed), tone: 'green' },
      cells: [label, gap.missing, line.capacity, gap.closed * 100],
    }
  }
  const { country, share } = concentration.largest
  return {
    bar: { id, label, value: share * 100, text: `${country} ${shareWords(share)}` },
    cells: [label, country, share * 100],
  }
}

const HEAD: Record<Measure, string[]> = {
  share: ['Series', 'Largest country', 'Share (%)'],
  hhi: ['Series', 'HHI, lower bound', 'HHI, upper bound'],
  closed: ['Series', 'Missing (t/a)', 'Projects add (t/a)', 'Gap closed (%)'],
}

/** The series of a page, the highest first, by the measure that the reader picks. */
export function SupplyChart({
  lines,
  measure,
  year,
  ceiling,
  notes,
}: {
  lines: readonly SupplyTableLine[]
  measure: Measure
  year: number
  ceiling: number
  notes: readonly string[]
}) {
  const drawn = lines
    .flatMap((line) => drawnOf(line, measure) ?? [])
    .sort((a, b) => b.bar.value - a.bar.value || a.bar.label.localeCompare(b.bar.label, 'en'))
  const percent = `${Math.round(ceiling * 100)} %`
  const title = `${MEASURE_LABEL[measure]}, ${year}`
  if (!drawn.length)
    return (
      <p className="mb-6 border border-dashed border-line bg-sheet px-4 py-3 text-sm text-muted">
        {measure === 'closed'
          ? 'No project that you may see states a capacity for a series with a gap.'
          : 'There is nothing to draw for this choice.'}
      </p>
    )
  return (
    <ChartFigure
      title={title}
      name={`supply-${measure}-${year}`}
      head={HEAD[measure]}
      rows={drawn.map(({ cells }) => cells)}
      words={(value) => value.toLocaleString('en', { maximumFractionDigits: measure === 'hhi' ? 0 : 1 })}
      notes={measure === 'closed' ? [...notes, `Gap: to a largest country’s share of ${percent}.`] : notes}
    >
      {(width) => (
        <BarChart
          label={`${title}: ${drawn.length} series. The button “As table” gives the figures.`}
          bars={drawn.map(({ bar }) => bar)}
          width={width}
          max={measure === 'hhi' ? 10_000 : 100}
          mark={
            measure === 'share'
              ? { value: ceiling * 100, text: `Ceiling of ${percent}` }
              : measure === 'hhi'
                ? { value: 1800, text: 'Above 1,800: highly concentrated' }
                : undefined
          }
          ticks={(value) => (measure === 'hhi' ? value.toLocaleString('en') : `${value} %`)}
        />
      )}
    </ChartFigure>
  )
}
