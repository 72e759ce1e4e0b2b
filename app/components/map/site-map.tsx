import { useId } from 'react'
import { HEIGHT, locate, place, WIDTH } from './world'
import { WorldMap } from './world-map'

export type Site = { lat: number; lon: number }

const STEP: Record<string, [lat: number, lon: number]> = {
  ArrowUp: [1, 0],
  ArrowDown: [-1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

const degrees = (value: number) => Math.round(value * 100) / 100

/** One site: a click puts the pin, arrow keys move it by a degree (with Shift by a tenth). */
export default function SiteMap({ site, onChange }: { site: Site | null; onChange?: (site: Site) => void }) {
  const noteId = useId()
  const at = site ? place(site.lat, site.lon) : null
  const scale = at ? 3 : 1
  const start = at ? { x: at[0] - WIDTH / scale / 2, y: at[1] - HEIGHT / scale / 2, scale } : undefined
  return (
    <div>
      <WorldMap
        label={
          site
            ? `Site at latitude ${site.lat}, longitude ${site.lon}.${onChange ? ' Arrow keys move it.' : ''}`
            : 'World map without a site. Click to set one.'
        }
        start={start}
        onPick={
          onChange
            ? (x, y) => {
                const found = locate(x, y)
                if (found) onChange(found)
              }
            : undefined
        }
        onKeyDown={
          onChange
            ? (event) => {
                const step = STEP[event.key]
                if (!step) return
                event.preventDefault()
                const by = event.shiftKey ? 0.1 : 1
                const from = site ?? { lat: 0, lon: 0 }
                onChange({
                  lat: degrees(Math.min(90, Math.max(-90, from.lat + step[0] * by))),
                  lon: degrees(((from.lon + step[1] * by + 540) % 360) - 180),
                })
              }
            : undefined
        }
      >
        {(zoom) =>
          at ? (
            <g>
              <circle
                cx={at[0]}
                cy={at[1]}
                r={9 / zoom}
                className="fill-none stroke-red"
                strokeWidth={1.5 / zoom}
              />
              <circle cx={at[0]} cy={at[1]} r={3 / zoom} className="fill-red" />
            </g>
          ) : null
        }
      </WorldMap>
      {onChange ? (
        <p id={noteId} className="mt-1 text-xs text-muted">
          Click to set the site. By keyboard: arrow keys move it by a degree, with Shift by a tenth.
        </p>
      ) : null}
    </div>
  )
}
