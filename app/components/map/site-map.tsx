import { centredOn, decimalsAt, locate, place, type Site, spoken, step } from './projection'
import { WorldMap } from './world-map'

/** Degrees that an arrow key moves the pin: a little with Shift, and finer when one looks closer. */
const STEP: Record<string, [north: number, east: number]> = {
  ArrowUp: [1, 0],
  ArrowDown: [-1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

/** One site: a click puts the pin, arrow keys move it. Read only without `onChange`. */
export default function SiteMap({ site, onChange }: { site: Site | null; onChange?: (site: Site) => void }) {
  const at = site ? place(site.lat, site.lon) : null
  return (
    <>
      <WorldMap
        label={site ? `Map, site at ${spoken(site)}` : 'Map without a site'}
        help={
          onChange
            ? 'Click to set the site. By keyboard, arrow keys move it by a degree, with Shift by a tenth; plus and minus look closer and farther.'
            : undefined
        }
        start={at ? centredOn(...at, 3) : undefined}
        home={at ? { name: 'To the site', at } : null}
        onPick={
          onChange
            ? (x, y, { scale }) => {
                const found = locate(x, y, decimalsAt(scale))
                if (found) onChange(found)
              }
            : undefined
        }
        onKeyDown={
          onChange
            ? (event, view) => {
                const by = STEP[event.key]
                if (!by || event.ctrlKey || event.metaKey || event.altKey) return false
                event.preventDefault()
                const degrees = (event.shiftKey ? 0.1 : 1) / (view.scale > 24 ? 10 : 1)
                onChange(step(site ?? { lat: 0, lon: 0 }, by[0] * degrees, by[1] * degrees))
                return true
              }
            : undefined
        }
      >
        {(unit) =>
          at ? (
            <g transform={`translate(${at[0]} ${at[1]}) scale(${unit})`} className="pointer-events-none">
              <path
                d="M0 0 C-3 -7 -8 -10 -8 -16 A8 8 0 0 1 8 -16 C8 -10 3 -7 0 0 Z"
                className="fill-red stroke-sheet"
                strokeWidth={1.5}
              />
              <circle cy={-16} r={3} className="fill-sheet" />
            </g>
          ) : null
        }
      </WorldMap>
      <p role="status" className="sr-only">
        {site ? `Site: ${spoken(site)}` : ''}
      </p>
    </>
  )
}
