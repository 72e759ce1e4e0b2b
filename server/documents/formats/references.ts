/** What a document's text refers to outside of it: pictures that the portal keeps, and its objects. */
import * as Y from 'yjs'
import { pictureRef } from '../../../app/domain/picture'
import { type PortalRef, readRef, refKey } from '../../../app/domain/portal-link'
import { sectionsOf } from '../history/sections'
import type { References } from '../worker-protocol'
import { decode } from './read-document'

/** Somebody who writes a text full of links does not have all of them looked up. */
const MOST = 1000

/** Every name that a part of a text of any kind has. */
const FRAGMENTS = new Set(
  (['proposal', 'request', 'text'] as const).flatMap((kind) =>
    sectionsOf(kind).map(({ fragment }) => fragment),
  ),
)

export function referencesIn(data: Uint8Array): References {
  const doc = decode(data)
  const found = referencesOf(doc)
  doc.destroy()
  return found
}

/** Of a document that is decoded already. */
export function referencesOf(doc: Y.Doc): References {
  const pictures = new Set<string>()
  const links = new Map<string, PortalRef>()
  const waiting: unknown[] = [...FRAGMENTS].map((name) => doc.getXmlFragment(name))
  for (let at = waiting.pop(); at; at = waiting.pop()) {
    if (!(at instanceof Y.XmlFragment)) continue
    waiting.push(...(at.toArray() as unknown[]))
    if (!(at instanceof Y.XmlElement)) continue
    const src: unknown = at.nodeName === 'image' ? at.getAttribute('src') : null
    if (typeof src === 'string' && pictureRef(src)) pictures.add(src)
    const ref = at.nodeName === 'portalLink' ? readRef(at.getAttributes()) : null
    if (ref) links.set(refKey(ref), ref)
  }
  return { pictures: [...pictures].slice(0, MOST), links: [...links.values()].slice(0, MOST) }
}
