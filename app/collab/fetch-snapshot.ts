/** A long snapshot comes by HTTP: compressed, at the pace of this connection, and beside what is being written. */
import { SEQ_HEADER, snapshotPath } from '../domain/channel-limits'

export type Snapshot = { seq: number; data: Uint8Array }

/**
 * Null: there is none, or it is not open to the reader; a join tells which. Rejects when it did not come whole.
 * @param origin the portal's; the page's own when empty
 */
export async function fetchSnapshot(
  channel: string,
  {
    origin = '',
    headers,
    signal,
  }: { origin?: string; headers?: Record<string, string>; signal: AbortSignal },
): Promise<Snapshot | null> {
  const answer = await fetch(`${origin}${snapshotPath(channel)}`, { headers, signal, redirect: 'error' })
  if (answer.status === 401 || answer.status === 404) return null
  if (!answer.ok) throw new Error(`the portal answered ${answer.status}`)
  const data = new Uint8Array(await answer.arrayBuffer())
  return { seq: Number(answer.headers.get(SEQ_HEADER)), data }
}
