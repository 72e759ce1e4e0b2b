/** A sign that opens a menu while one writes: `/` for what can be put in, `@` for objects of the portal. Pure. */
import type { EditorState } from '@tiptap/pm/state'

export type Trigger = { sign: '/' | '@'; query: string; from: number; to: number }

/** At the start of a line or after a space; then a name of few words. */
const SIGN = /(?:^|[\s(\ufffc])([/@])((?:[\p{L}\p{N}][\p{L}\p{N} .'’-]{0,40})?)$/u

/** The sign and what is typed behind it, up to the caret; null where there is none. */
export function triggerAt({ selection }: EditorState): Trigger | null {
  const { $from, empty } = selection
  if (!empty || !$from.parent.isTextblock || $from.parent.type.spec.code) return null
  const start = Math.max(0, $from.parentOffset - 60)
  const before = $from.parent.textBetween(start, $from.parentOffset, '\ufffc', '\ufffc')
  const match = SIGN.exec(before)
  if (!match) return null
  const query = match[2] ?? ''
  return {
    sign: match[1] === '@' ? '@' : '/',
    query,
    from: $from.pos - query.length - 1,
    to: $from.pos,
  }
}
