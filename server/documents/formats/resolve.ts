/** A text for a file: its pictures in it, its links to the portal in words, its footnotes numbered. */
import { NOT_AVAILABLE, readRef, refKey } from '../../../app/domain/portal-link'
import type { ExportRequest } from '../worker-protocol'
import type { TextNode } from './read-document'

/** Gives what resolves one section after the other: footnotes count through the document. */
export function resolver({ pictures, links }: Pick<ExportRequest, 'pictures' | 'links'>) {
  let number = 0
  const resolve = (nodes: readonly TextNode[]): TextNode[] =>
    nodes.map((node) => {
      switch (node.type) {
        case 'image': {
          const kept = pictures[String(node.attrs?.src)]
          if (!kept) return node
          const src = `data:${kept.type};base64,${Buffer.from(kept.data).toString('base64')}`
          return { ...node, attrs: { ...node.attrs, src } }
        }
        case 'portalLink': {
          const ref = readRef(node.attrs)
          return { type: 'text', text: (ref && links[refKey(ref)]) ?? NOT_AVAILABLE }
        }
        case 'footnote':
          number += 1
          return { ...node, attrs: { ...node.attrs, number } }
        default:
          return node.content ? { ...node, content: resolve(node.content) } : node
      }
    })
  return resolve
}
