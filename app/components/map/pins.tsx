import { Link } from '@remix-run/react'
import { useMemo, useState } from 'react'
import { STAGE_GROUP_LABEL, type StageGroup } from '../../domain/map-wish'
import { countryMiddle } from './country-middle'
import { type MapPin, type Placed, placed } from './placed'
import { isInSight, type View, viewOf } from './projection'
import { WorldMap } from './world-map'

/** Up to so many pins in sight carry their names all the time. */
const NAMED = 6

/** Colour, and a dash for those whose country alone is known. */
const TONE: Record<StageGroup, { full: string; hollow: string }> = {
  mining: { full: 'fill-accent stroke-sheet', hollow: 'fill-accent stroke-accent' },
  processing: { full: 'fill-ochre stroke-sheet', hollow: 'fill-ochre stroke-ochre' },
  products: { full: 'fill-green stroke-sheet', hollow: 'fill-green stroke-green' },
  other: { full: 'fill-muted stroke-sheet', hollow: 'fill-muted stroke-muted' },
}

/** Projects on the map: each a link, with its name when it is pointed at or there is room. */
export default function Pins({ pins }: { pins: readonly MapPin[] }) {
  const drawn = useMemo(() => placed(pins, countryMiddle), [pins])
  const [focused, setFocused] = useState<string | null>(null)
  const home = drawn.find(({ id }) => id === focused)
  return (
    <WorldMap
      label={drawn.length === 1 ? `Map, site of ${drawn[0]?.title}` : `Map of ${drawn.length} projects`}
      help="Each pin is a link to its project. Plus and minus look closer and farther, arrow keys around."
      start={drawn.length === 1 ? viewOf(drawn.map(({ at }) => at)) : undefined}
      home={home ? { name: 'To the pin', at: home.at } : null}
    >
      {(unit, view) => {
        const named = drawn.filter(({ at }) => isInSight(view, ...at)).length <= NAMED
        return drawn.map((pin) => (
          <Pin key={pin.id} pin={pin} unit={unit} view={view} named={named} onFocus={setFocused} />
        ))
      }}
    </WorldMap>
  )
}

function Pin({
  pin,
  unit,
  view,
  named,
  onFocus,
}: {
  pin: Placed
  unit: number
  view: View
  named: boolean
  onFocus: (id: string | null) => void
}) {
  const [x, y] = [pin.at[0] + pin.offset[0] * unit, pin.at[1] + pin.offset[1] * unit]
  // Names stand to the right, and to the left of pins in the right half.
  const left = x > view.x + 480 / view.scale
  const name = pin.title.length > 44 ? `${pin.title.slice(0, 43)}…` : pin.title
  const tone = TONE[pin.group ?? 'mining']
  const beside = pin.radius + 5
  const spoken = [
    pin.title,
    pin.text,
    pin.group ? STAGE_GROUP_LABEL[pin.group] : null,
    pin.approximate ? 'site not known, drawn in its country' : null,
  ]
    .filter(Boolean)
    .join(', ')
  return (
    <Link
      to={`/projects/${pin.id}`}
      aria-label={spoken}
      className="group outline-none"
      onFocus={(event) => {
        if (event.currentTarget.matches(':focus-visible')) onFocus(pin.id)
      }}
      onBlur={() => onFocus(null)}
    >
      <g transform={`translate(${x} ${y}) scale(${unit})`}>
        <circle
          r={Math.max(12, pin.radius + 4)}
          className="fill-transparent group-focus-visible:stroke-focus"
          strokeWidth={2.5}
        />
        <circle
          r={pin.radius}
          className={`${pin.approximate ? tone.hollow : tone.full} group-hover:fill-red`}
          fillOpacity={pin.approximate ? 0.25 : pin.radius > 8 ? 0.75 : 1}
          strokeWidth={1.5}
          strokeDasharray={pin.approximate ? '2 1.5' : undefined}
        />
        <text
          x={left ? -beside : beside}
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
        <title>{spoken}</title>
      </g>
    </Link>
  )
}
