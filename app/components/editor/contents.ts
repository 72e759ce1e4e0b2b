/** What is in a section's text: how many words, which headings and which footnotes. Pure over ProseMirror's document. */
import type { Node } from '@tiptap/pm/model'
import { noteText } from '../../collab/schema/nodes'
import { proposed } from '../../collab/suggest/in-text'
import { countWords } from '../../domain/words'

/** `pos`: where the heading stands in the section's document. */
export type Heading = { level: number; text: string; pos: number }
export type Note = { text: string; pos: number }
export type Contents = { words: number; headings: readonly Heading[]; notes: readonly Note[] }

export function contentsOf(document: Node): Contents {
  const headings: Heading[] = []
  const notes: Note[] = []
  document.descendants((node, pos) => {
    if (node.type.name === 'heading') {
      const text = node.textContent.trim()
      if (text) headings.push({ level: Number(node.attrs.level), text, pos })
    }
    if (node.type.name === 'footnote') notes.push({ text: noteText(node.attrs.text), pos })
    return true
  })
  return { words: countWords(wordsOf(document)), headings, notes }
}

/** As the text stands: words that are only proposed do not count yet. */
function wordsOf(document: Node): string {
  let words = ''
  document.descendants((node) => {
    if (node.isText) words += proposed(node, 'insert').length > 0 ? '' : node.text
    else if (node.isBlock || node.isLeaf) words += ' '
    return true
  })
  return words
}

export const sameContents = (a: Contents | undefined, b: Contents): boolean =>
  a?.words === b.words &&
  a.headings.length === b.headings.length &&
  a.notes.length === b.notes.length &&
  a.notes.every(({ text, pos }, index) => text === b.notes[index]?.text && pos === b.notes[index]?.pos) &&
  a.headings.every((heading, index) => {
    const other = b.headings[index]
    return heading.text === other?.text && heading.level === other.level && heading.pos === other.pos
  })

/** The number of each section's first footnote: they count through the document. */
export function firstNotesOf(
  sections: readonly { fragment: string }[],
  contents: Readonly<Record<string, Contents>>,
): Record<string, number> {
  const first: Record<string, number> = {}
  let next = 1
  for (const { fragment } of sections) {
    first[fragment] = next
    next += contents[fragment]?.notes.length ?? 0
  }
  return first
}
