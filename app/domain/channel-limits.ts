/** The numbers of the channel protocol, apart from its schemas: a browser needs these and not the validator. */

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
