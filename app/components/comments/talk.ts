/** What the page of a text says to the portal about its comments, and asks. A failure is told in words, never thrown. */
import { ACCOUNT_HEADER } from '../../collab/keep-aside'
import type { CommentInput, Commenting, NamedMention } from '../../domain/comment'

export type MentionChoice = NamedMention & { of: string; iso2: string | null }
export type Answer<T> = { ok: true; value: T } | { ok: false; message: string }

const OFFLINE = 'The portal cannot be reached. What you wrote is kept here: try again.'

/** The portal's own answers have the shape that its loaders give them; what a proxy answers instead is no JSON. */
async function ask<T>(path: string, init: RequestInit = {}): Promise<Answer<T>> {
  try {
    const answer = await fetch(path, {
      ...init,
      redirect: 'error',
      headers: { accept: 'application/json', ...init.headers },
    })
    const body = (await answer.json()) as T & { message?: string }
    if (answer.ok) return { ok: true, value: body }
    return { ok: false, message: body.message ?? `The portal answered ${answer.status}. Try again.` }
  } catch {
    return { ok: false, message: OFFLINE }
  }
}

const of = (document: string) => `/documents/${encodeURIComponent(document)}`

export const askComments = (document: string) => ask<Commenting>(`${of(document)}/comments`)

export const askMentions = (document: string, query: string, signal: AbortSignal) =>
  ask<MentionChoice[]>(`${of(document)}/mentions?q=${encodeURIComponent(query)}`, { signal })

/** `account`: who wrote it; somebody else may have signed in since, in another tab. */
export const sendComment = (document: string, account: string, input: CommentInput) =>
  ask<{ thread: string | null }>(`${of(document)}/comments`, {
    method: 'POST',
    body: JSON.stringify(input),
    headers: { 'content-type': 'application/json', [ACCOUNT_HEADER]: account },
  })
