import { scaleLinear } from 'd3-scale'

export type Bar = {
  id: string
  label: string
  value: number
  /** An upper bound that is drawn paler behind the value. */
  upTo?: number
  /** Beside the bar: the value in words. */
  text: string
  tone?: 'accent' | 'ochre' | 'green' | 'red' | 'muted'
}

export const FILL = {
  accent: 'fill-accent',
  ochre: 'fill-ochre',
  green: 'fill-green',
  red: 'fill-red',
  muted: 'fill-line',
} as const

/** Narrower than this, labels stand above their bars. */
const NARROW = 520
const CHARACTER = 6.6
const AXIS = 20

/**
 * Bars from the left, one below the other. `max`: where the axis ends at the least; `mark`: a value to compare with, drawn
 * as a line; `ticks` names the axis' values.
 */
export function BarChart({
  label,
  bars,
  width,
  max = 0,
  mark,
  ticks,
}: {
  label: string
  bars: readonly Bar[]
  width: number
  max?: number
  mark?: { value: number; text: string }
  ticks: (value: number) => string
}) {
  const narrow = width < NARROW
  const longest = Math.max(0, ...bars.map((bar) => bar.label.length)) * CHARACTER + 12
  const left = narrow ? 0 : Math.min(width * 0.34, longest)
  const right = Math.max(40, Math.max(0, ...bars.map((bar) => bar.text.length)) * CHARACTER + 10)
  const row = narrow ? 38 : 24
  const top = AXIS
  const height = top + bars.length * row + 6
  const most = Math.max(max, ...bars.map((bar) => bar.upTo ?? bar.value), mark?.value ?? 0, Number.MIN_VALUE)
  const x = scaleLinear()
    .domain([0, most])
    .range([left, Math.max(left + 40, width - right)])
  const fit = Math.floor(left / CHARACTER)
  return (
    <svg
      role="img"
      aria-label={label}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      className="block max-w-full text-ink"
      fontSize={12.5}
    >
      {x.ticks(narrow ? 3 : 5).map((tick) => (
        <g key={tick}>
          <line x1={x(tick)} x2={x(tick)} y1={top - 4} y2={height} className="stroke-rule" />
          <text
            x={x(tick)}
            y={top - 8}
            textAnchor={tick === 0 ? 'start' : 'middle'}
            className="fill-muted"
            fontSize={11.5}
          >
            {ticks(tick)}
          </text>
        </g>
      ))}
      {mark ? (
        <g>
          <line
            x1={x(mark.value)}
            x2={x(mark.value)}
            y1={top - 4}
            y2={height}
            className="stroke-red"
            strokeDasharray="4 3"
            strokeWidth={1.5}
          />
          <title>{mark.text}</title>
        </g>
      ) : null}
      {bars.map((bar, index) => {
        const y = top + index * row
        const bottom = y + (narrow ? 17 : 4)
        const thick = narrow ? 14 : row - 8
        return (
          <g key={bar.id}>
            <title>{`${bar.label}: ${bar.text}`}</title>
            <text
              x={narrow ? 0 : left - 8}
              y={narrow ? y + 13 : y + row / 2 + 4}
              textAnchor={narrow ? 'start' : 'end'}
              className="fill-ink"
            >
              {narrow || bar.label.length <= fit ? bar.label : `${bar.label.slice(0, fit - 1)}…`}
            </text>
            {bar.upTo !== undefined && bar.upTo > bar.value ? (
              <rect
                x={left}
                y={bottom}
                width={Math.max(0, x(bar.upTo) - left)}
                height={thick}
                className={FILL[bar.tone ?? 'accent']}
                fillOpacity={0.35}
              />
            ) : null}
            <rect
              x={left}
              y={bottom}
              width={Math.max(bar.value > 0 ? 1 : 0, x(bar.value) - left)}
              height={thick}
              className={FILL[bar.tone ?? 'accent']}
            />
            <text
              x={x(Math.max(bar.value, bar.upTo ?? 0)) + 6}
              y={bottom + thick / 2 + 4}
              // Readable where the line of the mark goes through it.
              className="fill-ink stroke-sheet [paint-order:stroke]"
              strokeWidth={4}
            >
              {bar.text}
            </text>
          </g>
        )
      })}
    </svg>
  )
}
