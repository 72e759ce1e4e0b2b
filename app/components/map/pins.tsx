import { Link } from '@remix-run/react'
import { place } from './world'
import { WorldMap } from './world-map'

export type MapPin = { id: string; title: string; lat: number; lon: number }

export default function Pins({ pins }: { pins: readonly MapPin[] }) {
  return (
    <WorldMap label="Sites of the projects listed">
      {(scale) =>
        pins.map(({ id, title, lat, lon }) => {
          const at = place(lat, lon)
          if (!at) return null
          return (
            <Link key={id} to={`/projects/${id}`} aria-label={title}>
              <circle cx={at[0]} cy={at[1]} r={12 / scale} className="fill-transparent" />
              <circle
                cx={at[0]}
                cy={at[1]}
                r={5 / scale}
                className="fill-accent stroke-sheet"
                strokeWidth={1.5 / scale}
              />
              <title>{title}</title>
            </Link>
          )
        })
      }
    </WorldMap>
  )
}
