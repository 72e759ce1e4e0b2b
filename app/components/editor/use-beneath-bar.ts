import { useEffect, useRef } from 'react'

/**
 * Keeps `--beneath-bar` of the whole at the height of what stands above it: the bar grows by a row for a table, for finding
 * and while suggesting, and what sticks beneath it has to make room.
 */
export function useBeneathBar() {
  const whole = useRef<HTMLDivElement>(null)
  const above = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const bar = above.current
    if (!bar) return
    const observer = new ResizeObserver(() =>
      whole.current?.style.setProperty('--beneath-bar', `${bar.offsetHeight + 16}px`),
    )
    observer.observe(bar)
    return () => observer.disconnect()
  }, [])
  return { whole, above }
}
