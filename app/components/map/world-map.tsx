import { Minus, Plus } from 'lucide-react'
import { type KeyboardEvent, memo, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Button } from '../ui/button'
import { closeShapes, GRATICULE, inSight, OVERVIEW, type Shape, SPHERE } from './land'
import { centredOn, HEIGHT, isInSight, type View, WHOLE, WIDTH } from './projection'
import { useView } from './use-view'

/** From here on the overview's coasts look coarse. */
const CLOSE = 4

/** What a map draws on itself. `unit`: units of the drawing that are one pixel. */
export type Layer = (unit: number, view: View) => ReactNode

/**
 * The world, to look at closer with buttons, keys, the wheel or by dragging. `children` draws in the map's units.
 * `onPick` gets a click's place in those units; `onKeyDown` sees a key first and says whether it took it.
 */
export function WorldMap({
  label,
  help,
  onPick,
  onKeyDown,
  start = WHOLE,
  home,
  children,
}: {
  label: string
  help?: ReactNode
  onPick?: (x: number, y: number, view: View) => void
  onKeyDown?: (event: KeyboardEvent, view: View) => boolean
  start?: View
  /** A place to come back to, kept in sight when it moves. */
  home?: { name: string; at: readonly [number, number] } | null
  children: Layer
}) {
  const svg = useRef<SVGSVGElement>(null)
  const { view, setView, closer, unit, pointer, onKey } = useView(svg, start, onPick, home?.at)
  const helpId = useId()
  const shapes = useShapes(view.scale > CLOSE)
  const [x, y] = home?.at ?? []
  useEffect(() => {
    if (x === undefined || y === undefined) return
    setView((now) => (isInSight(now, x, y) ? now : centredOn(x, y, now.scale)))
  }, [x, y, setView])

  return (
    <div className="border border-line bg-sheet">
      <svg
        ref={svg}
        viewBox={`${view.x} ${view.y} ${WIDTH / view.scale} ${HEIGHT / view.scale}`}
        // A finger scrolls the page over the whole world, and moves the map when one looks closer.
        className={`block w-full select-none ${view.scale > 1 ? 'touch-none' : 'touch-pan-y'} ${onPick ? 'cursor-crosshair' : 'cursor-grab'}`}
        tabIndex={0}
        role={onKeyDown ? 'application' : 'group'}
        aria-label={label}
        aria-describedby={helpId}
        onKeyDown={(event) => {
          if (!onKeyDown?.(event, view)) onKey(event)
        }}
        {...pointer}
      >
        <Ground shapes={shapes} view={view} />
        {children(unit, view)}
      </svg>
      <div className="flex flex-wrap items-center gap-1.5 border-t border-rule px-2 py-1.5">
        <Button type="button" size="sm" aria-label="Closer" onClick={() => closer(2)}>
          <Plus aria-hidden="true" />
        </Button>
        <Button type="button" size="sm" aria-label="Farther" onClick={() => closer(0.5)}>
          <Minus aria-hidden="true" />
        </Button>
        {home ? (
          <Button
            type="button"
            size="sm"
            variant="quiet"
            onClick={() => setView((now) => centredOn(...home.at, Math.max(now.scale, 6)))}
          >
            {home.name}
          </Button>
        ) : null}
        <Button type="button" size="sm" variant="quiet" onClick={() => setView(WHOLE)}>
          Whole world
        </Button>
      </div>
      <div id={helpId} className="space-y-0.5 border-t border-rule px-2 py-1 text-2xs text-muted">
        {help ? <p>{help}</p> : null}
        <p>Borders: Natural Earth, public domain. They imply no position on any territory.</p>
      </div>
    </div>
  )
}

/** The finer shapes once they are wanted and there; the coarse ones until then, and when they cannot be fetched. */
function useShapes(close: boolean): readonly Shape[] {
  const [fine, setFine] = useState<readonly Shape[] | null>(null)
  useEffect(() => {
    if (!close || fine) return
    let wanted = true
    closeShapes().then(
      (shapes) => wanted && setFine(shapes),
      () => undefined,
    )
    return () => {
      wanted = false
    }
  }, [close, fine])
  return (close && fine) || OVERVIEW
}

const Ground = memo(function Ground({ shapes, view }: { shapes: readonly Shape[]; view: View }) {
  return (
    <g>
      <path d={SPHERE} className="fill-well" />
      <path
        d={GRATICULE}
        className="fill-none stroke-rule"
        strokeWidth={0.5}
        vectorEffect="non-scaling-stroke"
      />
      <g className="fill-sheet stroke-line" strokeWidth={0.6}>
        {inSight(shapes, view).map(({ id, d }) => (
          <path key={id} d={d} vectorEffect="non-scaling-stroke" />
        ))}
      </g>
    </g>
  )
})
