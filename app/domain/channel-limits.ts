/** The numbers of the channel protocol, apart from its schemas: a browser needs these and not the validator. */

/** Longest name of a channel. */
export const MAX_CHANNEL_NAME = 64
/** What a writer's name looks like. */
export const WRITER_NAME = /^[A-Za-z0-9_-]{8,64}$/
/** Largest entry: a paste. */
export const MAX_ENTRY_BYTES = 1024 * 1024
/** Largest caret. */
export const MAX_PRESENCE_BYTES = 2048
/** Items in one `append` frame. */
export const MAX_ITEMS = 256

/** Where the snapshot of a channel is fetched, and the header that says which seq it reads up to. */
export const snapshotPath = (channel: string): string => `/channels/${encodeURIComponent(channel)}/snapshot`
export const SEQ_HEADER = 'x-forge-seq'

/** Where the socket listens, on the portal's own origin. */
export const SOCKET_PATH = '/live'
