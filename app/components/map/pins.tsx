import { Link } from '@remix-run/react'
import { useMemo, useState } from 'react'
import { isInSight, place, type View, viewOf } from './projection'
import { WorldMap } from './world-map'

export type MapPin = { id: string; title: string; lat: number; lon: number }

/** Up to so many pins in sight carry their names all the time. */
const NAMED = 6

/** Sites of projects: each a link, with its name when it is pointed at or there is room. */
export default function Pins({ pins }: { pins: readonly MapPin[] }) {
  const placed = useMemo(
    () =>
      pins.flatMap(({ id, title, lat, lon }) => {
        const at = place(lat, lon)
        return at ? [{ id, title, at }] : []
      }),
    [pins],
  )
  const [focused, setFocused] = useState<string | null>(null)
  const home = placed.find(({ id }) => id === focused)
  return (
    <WorldMap
      label={placed.length === 1 ? `Map, site of ${placed[0]?.title}` : `Map of ${placed.length} sites`}
      help="Each pin is a link to its project. Plus and minus look closer and farther, arrow keys around."
      start={placed.length === 1 ? viewOf(placed.map(({ at }) => at)) : undefined}
      home={home ? { name: 'To the pin', at: home.at } : null}
    >
      {(unit, view) => {
        const named = placed.filter(({ at }) => isInSight(view, ...at)).length <= NAMED
        return placed.map((pin) => (
          <Pin key={pin.id} {...pin} unit={unit} view={view} named={named} onFocus={setFocused} />
        ))
      }}
    </WorldMap>
  )
}

function Pin({
  id,
  title,
  at: [x, y],
  unit,
  view,
  named,
  onFocus,
}: {
  id: string
  title: string
  at: readonly [number, number]
  unit: number
  view: View
  named: boolean
  onFocus: (id: string | null) => void
}) {
  // Names stand to the right, and to the left of pins in the right half.
  const left = x > view.x + 480 / view.scale
  const name = title.length > 44 ? `${title.slice(0, 43)}…` : title
  return (
    <Link
      to={`/projects/${id}`}
      aria-label={title}
      className="group outline-none"
      onFocus={(event) => {
        if (event.currentTarget.matches(':focus-visible')) onFocus(id)
      }}
      onBlur={() => onFocus(null)}
    >
      <g transform={`translate(${x} ${y}) scale(${unit})`}>
        <circle r={12} className="fill-transparent group-focus-visible:stroke-focus" strokeWidth={2.5} />
        <circle r={5} className="fill-accent stroke-sheet group-hover:fill-red" strokeWidth={1.5} />
        <text
          x={left ? -10 : 10}
          y={4}
          textAnchor={left ? 'end' : 'start'}
          paintOrder="stroke"
          strokeWidth={3}
          strokeLinejoin="round"
          fontSize={12.5}
          className={`fill-ink stroke-sheet font-semibold ${named ? '' : 'pointer-events-none opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100'}`}
        >
          {name}
        </text>
        <title>{title}</title>
      </g>
    </Link>
  )
}
