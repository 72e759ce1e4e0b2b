/**
 * The names of `extensions.ts`, for those who do not load an editor: the server refuses others at the door, because an
 * editor deletes what it cannot show. A test holds the two lists together.
 */
export const NODE_NAMES = [
  'blockquote',
  'bulletList',
  'callout',
  'footnote',
  'hardBreak',
  'heading',
  'horizontalRule',
  'image',
  'listItem',
  'orderedList',
  'paragraph',
  'portalLink',
  'table',
  'tableCell',
  'tableHeader',
  'tableRow',
] as const

export const MARK_NAMES = [
  'bold',
  'code',
  'italic',
  'link',
  'strike',
  'suggestedDelete',
  'suggestedInsert',
  'underline',
] as const

/** Nodes that stand in a line of text. */
const IN_LINE: readonly string[] = ['hardBreak', 'footnote', 'portalLink']
export const isInLine = ({ type, text }: { type: string; text?: string }): boolean =>
  text !== undefined || IN_LINE.includes(type)

/** The binding writes marks that may overlap as `name--hash`: a suggestion's, for each id. */
export const markName = (key: string): string =>
  key.replace(/(suggested(?:Insert|Delete))--[\w+/=]{8}$/, '$1')

const KNOWN: ReadonlySet<string> = new Set([
  'xml text',
  ...NODE_NAMES.map((name) => `element ${name}`),
  ...MARK_NAMES.map((name) => `mark ${name}`),
])

/** Whether a document may hold it, named as `server/channels/core/read-update.ts` does: `element image`, `mark bold`. */
export const isKnownContent = (word: string): boolean => KNOWN.has(markName(word))
