/**
 * A place in a document to which the chair points: a section, or one block of it (a paragraph, a heading, a table) by the
 * identity that its shared text gave it, which it keeps while others write.
 */
export type Place = { fragment: string; block: BlockId | null }
export type BlockId = { client: number; clock: number }

const WRITTEN = /^([a-z_]+)(?:@(\d{1,16})\.(\d{1,16}))?$/

/** As the log holds it: `summary`, or `body@4711.12`. */
export const placeText = ({ fragment, block }: Place): string =>
  block ? `${fragment}@${block.client}.${block.clock}` : fragment

/** Null for what is no place. */
export function placeFrom(text: string): Place | null {
  const [, fragment, client, clock] = WRITTEN.exec(text) ?? []
  if (!fragment) return null
  const block = client && clock ? { client: Number(client), clock: Number(clock) } : null
  return { fragment, block }
}
