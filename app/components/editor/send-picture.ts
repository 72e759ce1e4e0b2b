/** Brings pictures to the portal for a document; what cannot be brought now is kept in the document itself. */
import { pictureRef } from '../../domain/picture'

/** The address at which the document's readers see it; `away`: nobody answered, it may be tried again. */
export type Sent = { src: string } | { problem: string } | 'away'

const WAIT_MS = 60_000

export const sendPicture = (documentId: string, bytes: Blob): Promise<Sent> =>
  send(`/documents/${encodeURIComponent(documentId)}/pictures`, bytes)

/** Lets a picture that came with a passage of another document belong to this one too. */
export const adoptPicture = (documentId: string, src: string): Promise<Sent> =>
  send(`/documents/${encodeURIComponent(documentId)}/pictures?from=${encodeURIComponent(src)}`, null)

async function send(address: string, body: Blob | null): Promise<Sent> {
  try {
    const answer = await fetch(address, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/octet-stream' },
      redirect: 'error',
      signal: AbortSignal.timeout(WAIT_MS),
    })
    const said: unknown = await answer.json().catch(() => null)
    const word = (name: string) =>
      typeof said === 'object' && said !== null && name in said
        ? String((said as Record<string, unknown>)[name])
        : null
    const src = word('src')
    if (answer.ok && src && pictureRef(src)) return { src }
    if (answer.status >= 500 || answer.ok) return 'away'
    return { problem: word('message') ?? 'The portal did not take the picture.' }
  } catch {
    return 'away'
  }
}
