import { scaleLinear } from 'd3-scale'
import { FILL } from './bar-chart'

export type Line = { id: string; name: string; points: readonly { period: string; value: number | null }[] }

const STROKES = ['stroke-accent', 'stroke-ochre', 'stroke-green', 'stroke-red', 'stroke-muted'] as const
const FILLS = [FILL.accent, FILL.ochre, FILL.green, FILL.red, 'fill-muted'] as const
/** Lines differ by more than their colour. */
const DASHES = [undefined, '6 3', '2 3', '8 3 2 3', '1 4'] as const

const HEIGHT = 260
const MARGIN = { top: 12, right: 14, bottom: 26, left: 62 }
const LEGEND = 18

/** Values over time, by periods in their order. All lines are in one unit; a period without a value is a gap. */
export function LineChart({
  label,
  lines,
  width,
  ticks,
}: {
  label: string
  lines: readonly Line[]
  width: number
  ticks: (value: number) => string
}) {
  const periods = [...new Set(lines.flatMap(({ points }) => points.map(({ period }) => period)))].sort()
  const values = lines.flatMap(({ points }) => points.flatMap(({ value }) => (value === null ? [] : [value])))
  const legend = lines.length > 1 ? lines.length * LEGEND : 0
  const height = HEIGHT + legend
  const x = scaleLinear()
    .domain([0, Math.max(1, periods.length - 1)])
    .range([MARGIN.left, width - MARGIN.right])
  const y = scaleLinear()
    .domain([0, Math.max(...values, Number.MIN_VALUE)])
    .nice(5)
    .range([HEIGHT - MARGIN.bottom, MARGIN.top])
  const every = Math.max(1, Math.ceil(periods.length / (width < 520 ? 4 : 8)))
  return (
    <svg
      role="img"
      aria-label={label}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      className="block max-w-full text-ink"
      fontSize={11.5}
    >
      {y.ticks(5).map((tick) => (
        <g key={tick}>
          <line
            x1={MARGIN.left}
            x2={width - MARGIN.right}
            y1={y(tick)}
            y2={y(tick)}
            className="stroke-rule"
          />
          <text x={MARGIN.left - 6} y={y(tick) + 4} textAnchor="end" className="fill-muted">
            {ticks(tick)}
          </text>
        </g>
      ))}
      {periods.map((period, index) =>
        index % every === 0 ? (
          <text
            key={period}
            x={x(index)}
            y={HEIGHT - 8}
            textAnchor={index === 0 ? 'start' : index === periods.length - 1 ? 'end' : 'middle'}
            className="fill-muted"
          >
            {period}
          </text>
        ) : null,
      )}
      {lines.map(({ id, name, points }, nth) => {
        const at = new Map(points.map(({ period, value }) => [period, value]))
        const drawn = periods.flatMap((period, index) => {
          const value = at.get(period)
          return value === null || value === undefined ? [] : [{ period, value, x: x(index), y: y(value) }]
        })
        return (
          <g key={id}>
            <path
              d={drawn
                .map((point, index) => `${index ? 'L' : 'M'}${point.x.toFixed(1)} ${point.y.toFixed(1)}`)
                .join('')}
              className={`fill-none ${STROKES[nth % STROKES.length]}`}
              strokeWidth={2}
              strokeDasharray={DASHES[nth % DASHES.length]}
            />
            {drawn.length <= 24
              ? drawn.map((point) => (
                  <circle
                    key={point.period}
                    cx={point.x}
                    cy={point.y}
                    r={3}
                    className={FILLS[nth % FILLS.length]}
                  >
                    <title>{`${name}, ${point.period}: ${ticks(point.value)}`}</title>
                  </circle>
                ))
              : null}
            {legend ? (
              <g transform={`translate(${width < 520 ? 0 : MARGIN.left} ${HEIGHT + nth * LEGEND + 8})`}>
                <line
                  x2={26}
                  className={STROKES[nth % STROKES.length]}
                  strokeWidth={2}
                  strokeDasharray={DASHES[nth % DASHES.length]}
                />
                <text x={32} y={4} className="fill-ink">
                  {name.length * 6 > width - 40 ? `${name.slice(0, Math.floor((width - 40) / 6))}…` : name}
                </text>
              </g>
            ) : null}
          </g>
        )
      })}
    </svg>
  )
}
