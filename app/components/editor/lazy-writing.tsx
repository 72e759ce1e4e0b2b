import { late } from '../ui/late'
import type { WritingProps } from './writing'

const Writing = late<WritingProps>(
  () => import('./writing'),
  'The document',
  <p role="status" className="py-6 text-sm text-muted">
    Opening the document…
  </p>,
)

/** The editor is a chunk of its own, fetched once the page itself is there. */
export const LazyWriting = (props: WritingProps) => <Writing key={props.channelId} {...props} />
