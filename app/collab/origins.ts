/** The origin of transactions that come from the channel. Every other transaction is work done in this tab. */
export const REMOTE = Symbol('from the channel')
