import { lazy, Suspense, useEffect, useState } from 'react'
import type { MapPin } from './placed'

const Pins = lazy(() => import('./pins'))

/** Where projects are. The map comes after the page: the list says the same in words. */
export function ProjectsMap({ pins }: { pins: readonly MapPin[] }) {
  const [mounted, setMounted] = useState(false)
  useEffect(() => setMounted(true), [])
  const waiting = <div className="aspect-[960/467] border border-line bg-well" />
  return mounted ? (
    <Suspense fallback={waiting}>
      <Pins pins={pins} />
    </Suspense>
  ) : (
    waiting
  )
}
