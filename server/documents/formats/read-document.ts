/** A document's bytes as plain trees: what projection and export read. */
import { yXmlFragmentToProsemirrorJSON } from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import { z } from 'zod'
import { FIELDS_MAP } from '../../../app/domain/proposal-template'
import { SUGGESTED_DELETE, SUGGESTED_INSERT, suggestionIdOf } from '../../../app/domain/suggestion'

/** A node of the text, as the editor's schema has it. Unknown kinds are kept: an export shows their text. */
export type TextNode = {
  type: string
  attrs?: Record<string, unknown>
  content?: TextNode[]
  text?: string
  marks?: { type: string; attrs?: Record<string, unknown> }[]
}

const attributes = z.record(z.string(), z.unknown())
const textNode: z.ZodType<TextNode> = z.lazy(() =>
  z.object({
    type: z.string(),
    attrs: attributes.optional(),
    content: z.array(textNode).optional(),
    text: z.string().optional(),
    marks: z.array(z.object({ type: z.string(), attrs: attributes.optional() })).optional(),
  }),
)

/** Decodes a document. The caller destroys it. Throws when the bytes are no Yjs update. */
export function decode(data: Uint8Array): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, data)
  return doc
}

/**
 * The blocks of one fragment, as the text stands: words that are only proposed are left out, and those that are proposed to
 * go are in.
 */
export const readFragment = (doc: Y.Doc, name: string): TextNode[] => asItStands(treeOf(doc, name))

/** How many suggestions are open in a fragment. */
export function suggestionsIn(doc: Y.Doc, name: string): number {
  const ids = new Set<string>()
  const waiting = [...treeOf(doc, name)]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    waiting.push(...(node.content ?? []))
    for (const { type, attrs } of node.marks ?? [])
      if (type === SUGGESTED_INSERT || type === SUGGESTED_DELETE) ids.add(suggestionIdOf(attrs))
  }
  return ids.size
}

function treeOf(doc: Y.Doc, name: string): TextNode[] {
  const tree = textNode.parse(yXmlFragmentToProsemirrorJSON(doc.getXmlFragment(name)))
  return tree.content ?? []
}

function asItStands(nodes: readonly TextNode[]): TextNode[] {
  return nodes.flatMap(({ marks, content, ...node }) => {
    if (marks?.some(({ type }) => type === SUGGESTED_INSERT)) return []
    const kept = marks?.filter(({ type }) => type !== SUGGESTED_DELETE) ?? []
    return [
      {
        ...node,
        ...(kept.length > 0 ? { marks: kept } : {}),
        ...(content ? { content: asItStands(content) } : {}),
      },
    ]
  })
}

/** The `fields` map as plain JSON. */
export const readFields = (doc: Y.Doc): Record<string, unknown> => doc.getMap(FIELDS_MAP).toJSON()

/** All text of some nodes, blocks parted by a line break. */
export function plainText(nodes: readonly TextNode[]): string {
  return nodes
    .map((node) => {
      if (node.text !== undefined) return node.text
      if (node.type === 'hardBreak') return '\n'
      const inner = plainText(node.content ?? [])
      return node.content?.some((child) => child.text !== undefined) ? `${inner}\n` : inner
    })
    .join('')
}
