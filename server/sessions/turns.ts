/**
 * Acts of one session take turns on this node before they ask the database for its lock: sixty votes at one moment then
 * hold one connection, and not all that the portal's pages share.
 */
const last = new Map<string, Promise<unknown>>()

/** Does the work when whoever came before is done, however that ended. */
export function inTurn<T>(sessionId: string, work: () => Promise<T>): Promise<T> {
  const before = last.get(sessionId) ?? Promise.resolve()
  const own = before.then(work, work)
  last.set(sessionId, own)
  const tidy = () => {
    if (last.get(sessionId) === own) last.delete(sessionId)
  }
  own.then(tidy, tidy)
  return own
}
