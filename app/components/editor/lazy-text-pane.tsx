import { late } from '../ui/late'
import { OpeningNote } from './opening-note'
import type { TextPaneProps } from './text-pane'

const TextPane = late<TextPaneProps>(() => import('./text-pane'), 'The document', <OpeningNote />)

/** A live text beside something else: it and the editor are fetched when one is first shown. */
export const LazyTextPane = (props: TextPaneProps) => <TextPane key={props.channelId} {...props} />
