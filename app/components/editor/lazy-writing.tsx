import { lazy, Suspense, useEffect, useState } from 'react'
import type { WritingProps } from './writing'

const Writing = lazy(() => import('./writing'))

const Opening = () => (
  <p role="status" className="py-6 text-sm text-muted">
    Opening the document…
  </p>
)

/** The editor is a chunk of its own, fetched once the page itself is there. */
export function LazyWriting(props: WritingProps) {
  const [mounted, setMounted] = useState(false)
  useEffect(() => setMounted(true), [])
  if (!mounted) return <Opening />
  return (
    <Suspense fallback={<Opening />}>
      <Writing key={props.channelId} {...props} />
    </Suspense>
  )
}
