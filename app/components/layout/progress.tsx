import { useLocation, useNavigation } from '@remix-run/react'
import { useEffect, useState } from 'react'

/** A line along the top while a page is on its way; it shows only when that takes more than a moment. */
export function NavigationProgress() {
  const busy = useNavigation().state !== 'idle'
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none fixed inset-x-0 top-0 z-50 h-[3px] overflow-hidden"
    >
      {busy ? <div className="navigation-progress h-full w-full bg-bar-mark" /> : null}
    </div>
  )
}

/** Says the new page's title to screen readers, which hear nothing of a navigation without a page load. */
export function PageAnnouncer() {
  const { pathname } = useLocation()
  const [title, setTitle] = useState('')
  const [first, setFirst] = useState(pathname)
  useEffect(() => {
    if (pathname === first) return
    setFirst('')
    setTitle(document.title)
  }, [pathname, first])
  return (
    <p role="status" className="sr-only">
      {title}
    </p>
  )
}
