/**
 * Colours of carets: each at least 4.5 : 1 under white text and 3 : 1 against the darkest page, so that label and
 * line are seen in light and dark (`colors.test.ts` measures them).
 */
export const CARET_COLORS = [
  '#2f6fd6',
  '#c2410c',
  '#15803d',
  '#b026bd',
  '#b4530a',
  '#0e7490',
  '#be185d',
  '#4d7c0f',
  '#6d5bd0',
  '#c62828',
  '#0f766e',
  '#8b5e34',
] as const

/** The same colour for the same person, everywhere and always (FNV-1a over the id). */
export function colorOf(userId: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < userId.length; i++) {
    hash = Math.imul(hash ^ userId.charCodeAt(i), 0x01000193)
  }
  return CARET_COLORS[(hash >>> 0) % CARET_COLORS.length] ?? CARET_COLORS[0]
}
