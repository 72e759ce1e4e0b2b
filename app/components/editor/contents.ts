/** What is in a section's text: how many words, and which headings. Pure over ProseMirror's document. */
import type { Node } from '@tiptap/pm/model'
import { countWords } from '../../domain/words'

/** `pos`: where the heading stands in the section's document. */
export type Heading = { level: number; text: string; pos: number }
export type Contents = { words: number; headings: readonly Heading[] }

export function contentsOf(document: Node): Contents {
  const headings: Heading[] = []
  document.descendants((node, pos) => {
    if (node.type.name === 'heading') {
      const text = node.textContent.trim()
      if (text) headings.push({ level: Number(node.attrs.level), text, pos })
    }
    return !node.isTextblock
  })
  return { words: countWords(document.textBetween(0, document.content.size, ' ', ' ')), headings }
}

export const sameContents = (a: Contents | undefined, b: Contents): boolean =>
  a?.words === b.words &&
  a.headings.length === b.headings.length &&
  a.headings.every((heading, index) => {
    const other = b.headings[index]
    return heading.text === other?.text && heading.level === other.level && heading.pos === other.pos
  })
