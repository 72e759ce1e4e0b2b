import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react'
import { Button } from '../ui/button'
import { GRATICULE, HEIGHT, LAND, SPHERE, WIDTH } from './world'

type View = { x: number; y: number; scale: number }
const WHOLE: View = { x: 0, y: 0, scale: 1 }

function within({ x, y, scale }: View): View {
  const s = Math.min(24, Math.max(1, scale))
  const clamp = (value: number, size: number) => Math.min(size - size / s, Math.max(0, value))
  return { x: clamp(x, WIDTH), y: clamp(y, HEIGHT), scale: s }
}

const zoomAt = (view: View, factor: number, x: number, y: number): View => {
  const scale = Math.min(24, Math.max(1, view.scale * factor))
  const ratio = view.scale / scale
  return within({ x: x - (x - view.x) * ratio, y: y - (y - view.y) * ratio, scale })
}

/**
 * The world, to look at closer with buttons or by dragging. `children` draws in the map's units; `scale` keeps pins the
 * same size on screen. `onPick` gets a click's place in those units.
 */
export function WorldMap({
  label,
  onPick,
  onKeyDown,
  start = WHOLE,
  children,
}: {
  label: string
  onPick?: (x: number, y: number) => void
  onKeyDown?: (event: KeyboardEvent) => void
  start?: View
  children: (scale: number) => ReactNode
}) {
  const [view, setView] = useState(() => within(start))
  const svg = useRef<SVGSVGElement>(null)
  const drag = useRef<{ x: number; y: number; view: View; moved: boolean } | null>(null)
  const middle = [view.x + WIDTH / view.scale / 2, view.y + HEIGHT / view.scale / 2] as const

  const toMap = (event: PointerEvent) => {
    const box = svg.current?.getBoundingClientRect()
    if (!box) return [0, 0] as const
    return [
      view.x + ((event.clientX - box.left) / box.width) * (WIDTH / view.scale),
      view.y + ((event.clientY - box.top) / box.height) * (HEIGHT / view.scale),
    ] as const
  }

  const move = (event: PointerEvent) => {
    const from = drag.current
    const box = svg.current?.getBoundingClientRect()
    if (!from || !box) return
    const [dx, dy] = [event.clientX - from.x, event.clientY - from.y]
    if (Math.abs(dx) + Math.abs(dy) > 4) from.moved = true
    if (!from.moved) return
    const units = WIDTH / from.view.scale / box.width
    setView(within({ ...from.view, x: from.view.x - dx * units, y: from.view.y - dy * units }))
  }

  return (
    <div className="border border-line bg-sheet">
      <svg
        ref={svg}
        viewBox={`${view.x} ${view.y} ${WIDTH / view.scale} ${HEIGHT / view.scale}`}
        className={`block w-full touch-none select-none ${onPick ? 'cursor-crosshair' : 'cursor-grab'}`}
        tabIndex={onKeyDown ? 0 : undefined}
        role={onKeyDown ? 'application' : 'group'}
        aria-label={label}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          drag.current = { x: event.clientX, y: event.clientY, view, moved: false }
          if (!(event.target instanceof Element && event.target.closest('a')))
            svg.current?.setPointerCapture(event.pointerId)
        }}
        onPointerMove={move}
        onPointerUp={(event) => {
          const from = drag.current
          drag.current = null
          if (from && !from.moved) onPick?.(...toMap(event))
        }}
      >
        <path d={SPHERE} className="fill-well" />
        <path d={GRATICULE} className="fill-none stroke-rule" strokeWidth={0.4 / view.scale} />
        <path d={LAND} className="fill-sheet stroke-line" strokeWidth={0.6 / view.scale} />
        {children(view.scale)}
      </svg>
      <div className="flex flex-wrap items-center gap-2 border-t border-rule px-2 py-1.5 text-xs text-muted">
        <Button type="button" size="sm" onClick={() => setView(zoomAt(view, 2, ...middle))}>
          Closer
        </Button>
        <Button type="button" size="sm" onClick={() => setView(zoomAt(view, 0.5, ...middle))}>
          Farther
        </Button>
        <Button type="button" size="sm" variant="quiet" onClick={() => setView(WHOLE)}>
          Whole world
        </Button>
        <span className="ml-auto">Borders: Natural Earth. They imply no position on any territory.</span>
      </div>
    </div>
  )
}
