import { late } from '../ui/late'
import { OpeningNote } from './opening-note'
import type { WritingProps } from './writing'

const Writing = late<WritingProps>(() => import('./writing'), 'The document', <OpeningNote />)

/** The editor is a chunk of its own, fetched once the page itself is there. */
export const LazyWriting = (props: WritingProps) => <Writing key={props.channelId} {...props} />
