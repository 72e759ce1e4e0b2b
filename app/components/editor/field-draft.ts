/**
 * What somebody types into a field that others edit too. Pure.
 *
 *     nothing ──type──▶ typing ──send──▶ sent ──leave──▶ nothing
 *                         ▲───────type─────┘  └─ a colleague's value comes ─▶ nothing
 *
 * While one is typing, nothing changes under one's hands. Once it is sent, what a colleague sets is shown at once.
 */
export type Draft =
  | null
  /** Not in the document yet. */
  | { state: 'typing'; text: string }
  /** In the document as `value` (as it is shown); `text` is how it was typed, which may differ: 12 500 for 12500. */
  | { state: 'sent'; text: string; value: string }

/** A value of the document as text for a field. */
export const textOf = (value: unknown): string =>
  value === undefined || value === null
    ? ''
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value)

export const typed = (text: string): Draft => ({ state: 'typing', text })

/**
 * Sends what is typed. In: the draft, the value now, how text is read.
 * Out: the draft after, and what to set: a value, null for none, undefined for nothing to do.
 */
export function send(
  draft: Draft,
  value: unknown,
  read: (text: string) => unknown,
): { draft: Draft; set: unknown } {
  if (draft?.state !== 'typing') return { draft, set: undefined }
  const text = draft.text.trim()
  const next = text === '' ? null : read(text)
  const shown = textOf(next)
  return {
    draft: { state: 'sent', text: draft.text, value: shown },
    set: shown === textOf(value) ? undefined : next,
  }
}

/** The draft when the document's value is `value`: one that was sent and is another's by now is let go. */
export const meet = (draft: Draft, value: unknown): Draft =>
  draft?.state === 'sent' && draft.value !== textOf(value) ? null : draft

export const shownText = (draft: Draft, value: unknown): string => draft?.text ?? textOf(value)
