/** The footnotes of an outline, which `resolve.ts` has numbered. */
import { noteText } from '../../../app/collab/schema/nodes'
import type { TextNode } from './read-document'

export type Note = { number: number; text: string }

/** In the order in which they stand. */
export const notesIn = (nodes: readonly TextNode[]): Note[] =>
  nodes.flatMap((node) =>
    node.type === 'footnote'
      ? [{ number: Number(node.attrs?.number), text: noteText(node.attrs?.text) }]
      : notesIn(node.content ?? []),
  )
