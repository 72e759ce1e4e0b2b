import type { Database } from '../../db/connection'
import type { Channels } from '../channels/types'

/** What the verbs of comments work with. */
export type CommentParts = { db: Database; channels: Pick<Channels, 'tellChanged'> }
