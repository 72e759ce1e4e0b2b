import { lazy, Suspense } from 'react'
import type { TextPaneProps } from './text-pane'

const TextPane = lazy(() => import('./text-pane'))

/** A live text beside something else: it and the editor are fetched when one is first shown. */
export function LazyTextPane(props: TextPaneProps) {
  return (
    <Suspense
      fallback={
        <p role="status" className="py-4 text-sm text-muted">
          Opening the document…
        </p>
      }
    >
      <TextPane key={props.channelId} {...props} />
    </Suspense>
  )
}
