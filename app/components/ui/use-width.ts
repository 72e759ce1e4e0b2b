import { type RefObject, useLayoutEffect, useState } from 'react'

/** The element's width in pixels, as it changes; `first` until it is known. */
export function useWidth(ref: RefObject<Element>, first: number): number {
  const [width, setWidth] = useState(first)
  // On the server there is nothing to measure, and React would complain of a layout effect there.
  useMeasured(() => {
    const element = ref.current
    if (!element) return
    const read = () => setWidth(element.getBoundingClientRect().width || first)
    read()
    const observer = new ResizeObserver(read)
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref, first])
  return width
}

const useMeasured: typeof useLayoutEffect = typeof document === 'undefined' ? () => {} : useLayoutEffect
