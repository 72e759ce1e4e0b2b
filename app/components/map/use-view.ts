/** Looking around on the map: by dragging, pinching, the wheel and the keyboard. */
import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { useWidth } from '../ui/use-width'
import { HEIGHT, isInSight, middleOf, type View, WHOLE, WIDTH, within, zoom } from './projection'

/** Pixels a pointer may move and still be a click. */
const CLICK_PX = 4
/** The part of the view that an arrow key moves it by. */
const ARROW = 0.15

type Point = { x: number; y: number }

const ARROWS: Record<string, Point> = {
  ArrowUp: { x: 0, y: -ARROW },
  ArrowDown: { x: 0, y: ARROW },
  ArrowLeft: { x: -ARROW, y: 0 },
  ArrowRight: { x: ARROW, y: 0 },
}

/** In: the map's svg, the view at first, what a click does (in the drawing's units). */
export function useView(
  svg: RefObject<SVGSVGElement>,
  start: View,
  onPick: ((x: number, y: number, view: View) => void) | undefined,
  /** Where the keyboard and the buttons look closer: what is marked there, else the middle. */
  home: readonly [number, number] | undefined,
) {
  const [view, setView] = useState(() => within(start))
  const pixels = useWidth(svg, WIDTH)
  const gesture = useRef<{ pointers: Map<number, Point>; moved: boolean }>({
    pointers: new Map(),
    moved: false,
  })

  const toMap = ({ x, y }: Point): [number, number] => {
    const box = svg.current?.getBoundingClientRect()
    if (!box?.width) return middleOf(view)
    return [
      view.x + ((x - box.left) / box.width) * (WIDTH / view.scale),
      view.y + ((y - box.top) / box.height) * (HEIGHT / view.scale),
    ]
  }

  const closer = (factor: number) =>
    setView((now) => zoom(now, factor, ...(home && isInSight(now, ...home) ? home : middleOf(now))))

  useWheel(svg, (point, factor) => setView((now) => zoom(now, factor, ...toMap(point))))

  function onPointerDown(event: PointerEvent) {
    const { pointers } = gesture.current
    if (pointers.size === 0) gesture.current.moved = false
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY })
  }

  function onPointerMove(event: PointerEvent) {
    const { pointers } = gesture.current
    const from = pointers.get(event.pointerId)
    if (!from) return
    const to = { x: event.clientX, y: event.clientY }
    const [dx, dy] = [to.x - from.x, to.y - from.y]
    if (!gesture.current.moved && Math.abs(dx) + Math.abs(dy) <= CLICK_PX) return
    // From here on it is a drag: also when the pointer leaves the map.
    if (!gesture.current.moved) svg.current?.setPointerCapture(event.pointerId)
    gesture.current.moved = true
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1]
    pointers.set(event.pointerId, to)
    const unit = WIDTH / view.scale / pixels
    if (!other) return setView((now) => within({ ...now, x: now.x - dx * unit, y: now.y - dy * unit }))
    const before = Math.hypot(from.x - other.x, from.y - other.y)
    const after = Math.hypot(to.x - other.x, to.y - other.y)
    const middle = toMap({ x: (to.x + other.x) / 2, y: (to.y + other.y) / 2 })
    if (before > 0) setView((now) => zoom(now, after / before, ...middle))
  }

  function onPointerUp(event: PointerEvent) {
    const { pointers, moved } = gesture.current
    if (!pointers.delete(event.pointerId) || pointers.size > 0 || moved) return
    onPick?.(...toMap({ x: event.clientX, y: event.clientY }), view)
  }

  /** Plus and minus look closer and farther, arrows around. Out: whether the key was one of them. */
  function onKey(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey) return false
    const by = ARROWS[event.key]
    if (by) {
      setView((now) =>
        within({
          ...now,
          x: now.x + by.x * (WIDTH / now.scale),
          y: now.y + by.y * (HEIGHT / now.scale),
        }),
      )
    } else if (event.key === '+' || event.key === '=') closer(2)
    else if (event.key === '-') closer(0.5)
    else if (event.key === '0') setView(WHOLE)
    else return false
    event.preventDefault()
    return true
  }

  return {
    view,
    setView,
    closer,
    /** Units of the drawing that are one pixel now: for what keeps its size on the screen. */
    unit: WIDTH / view.scale / pixels,
    onKey,
    pointer: {
      onPointerDown,
      onPointerMove,
      onPointerUp,
      onPointerCancel: (event: PointerEvent) => {
        gesture.current.pointers.delete(event.pointerId)
      },
      // A link would be dragged away as a link.
      onDragStart: (event: { preventDefault: () => void }) => event.preventDefault(),
      // A link under the end of a drag is not followed.
      onClickCapture: (event: { preventDefault: () => void; stopPropagation: () => void }) => {
        if (!gesture.current.moved) return
        event.preventDefault()
        event.stopPropagation()
      },
    },
  }
}

/** The wheel belongs to the page, unless Ctrl is held (as a trackpad's pinch says) or the map has the focus. */
function useWheel(svg: RefObject<SVGSVGElement>, turn: (at: Point, factor: number) => void) {
  const latest = useRef(turn)
  latest.current = turn
  useEffect(() => {
    const element = svg.current
    if (!element) return
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey && !element.contains(document.activeElement)) return
      event.preventDefault()
      const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * 16 : event.deltaY
      latest.current(
        { x: event.clientX, y: event.clientY },
        2 ** (-Math.max(-200, Math.min(200, pixels)) / 200),
      )
    }
    // React's own wheel listeners are passive and could not hold the page still.
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [svg])
}
