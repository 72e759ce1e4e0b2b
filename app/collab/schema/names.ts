/**
 * The names of `extensions.ts`, for those who do not load an editor: the server refuses others at the door, because an
 * editor deletes what it cannot show. A test holds the two lists together.
 */
export const NODE_NAMES = [
  'blockquote',
  'bulletList',
  'hardBreak',
  'heading',
  'horizontalRule',
  'image',
  'listItem',
  'orderedList',
  'paragraph',
  'table',
  'tableCell',
  'tableHeader',
  'tableRow',
] as const

export const MARK_NAMES = ['bold', 'code', 'italic', 'link', 'strike', 'underline'] as const

const KNOWN: ReadonlySet<string> = new Set([
  'xml text',
  ...NODE_NAMES.map((name) => `element ${name}`),
  ...MARK_NAMES.map((name) => `mark ${name}`),
])

/** Whether a document may hold it, named as `server/channels/core/read-update.ts` does: `element image`, `mark bold`. */
export const isKnownContent = (word: string): boolean => KNOWN.has(word)
