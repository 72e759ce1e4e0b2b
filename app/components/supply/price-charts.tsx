import { ChartFigure } from '../chart/chart-figure'
import { LineChart } from '../chart/line-chart'

export type PriceSeries = {
  id: string
  name: string
  frequency: 'annual' | 'monthly'
  unit: string
  licence: string
  source: string
  points: readonly { period: string; value: number | null; low: number | null; high: number | null }[] | null
}

const digits = (value: number) => value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 2 : 0 })

/** Prices over time: a chart for each unit and frequency, never two units in one. */
export function PriceCharts({ mineral, series }: { mineral: string; series: readonly PriceSeries[] }) {
  const groups = new Map<string, PriceSeries[]>()
  for (const one of series) {
    const key = `${one.frequency} ${one.unit}`
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups].map(([key, together]) => <PriceChart key={key} mineral={mineral} series={together} />)
}

function PriceChart({ mineral, series }: { mineral: string; series: readonly PriceSeries[] }) {
  const [first] = series
  if (!first) return null
  const title = `Prices of ${mineral}, ${first.frequency === 'annual' ? 'yearly' : 'monthly'}, ${first.unit}`
  const rows = series.flatMap(({ name, points }) =>
    (points ?? []).map(({ period, value, low, high }) => [
      period,
      name,
      value ?? (low !== null || high !== null ? `${low ?? ''}–${high ?? ''}` : 'not published'),
    ]),
  )
  return (
    <ChartFigure
      title={title}
      name={`prices-${mineral.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${first.frequency}`}
      head={['Period', 'Series', first.unit]}
      rows={rows}
      words={digits}
      summary={series.length === 1 ? <p>{first.name}</p> : null}
      notes={[
        ...new Set(series.flatMap(({ source, licence }) => [`Source: ${source}`, `Licence: ${licence}`])),
      ]}
    >
      {(width) => (
        <LineChart
          label={`${title}: ${series.length === 1 ? 'one series' : `${series.length} series`}. The button “As table” gives the figures.`}
          lines={series.map(({ id, name, points }) => ({ id, name, points: points ?? [] }))}
          width={width}
          ticks={digits}
        />
      )}
    </ChartFigure>
  )
}
