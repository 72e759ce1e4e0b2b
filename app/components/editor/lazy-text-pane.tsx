import { late } from '../ui/late'
import type { TextPaneProps } from './text-pane'

const TextPane = late<TextPaneProps>(
  () => import('./text-pane'),
  'The document',
  <p role="status" className="py-4 text-sm text-muted">
    Opening the document…
  </p>,
)

/** A live text beside something else: it and the editor are fetched when one is first shown. */
export const LazyTextPane = (props: TextPaneProps) => <TextPane key={props.channelId} {...props} />
