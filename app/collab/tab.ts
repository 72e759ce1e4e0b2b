/** The tab's one connection, made when a page first needs it. Browsers only. */
import { type Connection, connect } from './connection'

let current: { account: string; connection: Connection } | null = null

/** A connection carries the session with which it was made: for another account it is made anew. */
export function tabConnection(account: string): Connection {
  if (current?.account !== account) {
    current?.connection.close()
    current = { account, connection: connect() }
  }
  return current.connection
}
