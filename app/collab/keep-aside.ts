/** Hands the portal what may not be merged any more: a head of the delegation that leads the text decides over it. */

export const ACCOUNT_HEADER = 'x-forge-account'

/** `lead`: whose heads decide, for those who may know. `null`: the portal does not take it, now or ever. */
export type KeepAside = (
  account: string,
  channel: string,
  updates: Uint8Array,
) => Promise<{ lead: string | null } | null>

/** Rejects when nobody answered, or not for good: it may be tried again. */
export const keepAsideByHttp: KeepAside = async (account, channel, updates) => {
  const answer = await fetch(`/documents/${encodeURIComponent(channel)}/aside`, {
    method: 'POST',
    body: updates as Uint8Array<ArrayBuffer>,
    headers: { 'content-type': 'application/octet-stream', [ACCOUNT_HEADER]: account },
    redirect: 'error',
  })
  if (answer.ok) return answer.json()
  if (answer.status === 404 || answer.status === 409 || answer.status === 422) return null
  throw new Error(`the portal answered ${answer.status}`)
}
