/** HTML from a file → the portal's schema → Yjs. What the schema does not know is left out and told. */
import { DOMParser as ProseMirrorParser } from '@tiptap/pm/model'
import { prosemirrorToYXmlFragment } from '@tiptap/y-tiptap'
import { JSDOM } from 'jsdom'
import * as Y from 'yjs'
import {
  documentSchema,
  isKeptImage,
  isSafeLink,
  MAX_IMAGE_BYTES,
} from '../../../app/collab/schema/extensions'
import { BODY_FRAGMENT } from '../../../app/domain/proposal-template'
import type { Imported } from '../worker-protocol'

/** Never shown as text, and never run. */
const DROPPED =
  'script, style, iframe, object, embed, template, noscript, form, input, button, select, textarea, svg, math, video, audio, link, meta'

/** In: HTML of a body. Out: the document's first update, a title and what was left out. */
export function importHtml(html: string, told: readonly string[] = []): Imported {
  // Scripts are not run and nothing is fetched: JSDOM does neither unless it is asked to.
  const { document } = new JSDOM(`<!doctype html><body>${html}</body>`).window
  const warnings = new Set(told)
  for (const element of document.querySelectorAll(DROPPED)) {
    if (!['link', 'meta', 'style'].includes(element.localName))
      warnings.add(`Left out: <${element.localName}>, which a document cannot hold.`)
    element.remove()
  }
  tidyLinks(document, warnings)
  tidyImages(document, warnings)
  tidyHeadings(document)
  const title = document.querySelector('h1, h2')?.textContent?.trim().slice(0, 200) || null
  const root = ProseMirrorParser.fromSchema(documentSchema()).parse(document.body)
  return { update: toUpdate(root), title, warnings: [...warnings] }
}

function tidyLinks(document: Document, warnings: Set<string>) {
  for (const link of document.querySelectorAll('a[href]')) {
    const href = link.getAttribute('href') ?? ''
    if (isSafeLink(href)) continue
    // Links within the file (footnotes, contents) lose their target and keep their words.
    if (!href.startsWith('#'))
      warnings.add(`A link to ${href.slice(0, 60)} was left out; its words are kept.`)
    link.replaceWith(...link.childNodes)
  }
}

function tidyImages(document: Document, warnings: Set<string>) {
  for (const image of document.querySelectorAll('img')) {
    const src = image.getAttribute('src') ?? ''
    if (!isKeptImage(src)) {
      warnings.add('A picture was left out: only PNG, JPEG, WebP and GIF pictures inside the file are kept.')
    } else if ((src.length * 3) / 4 > MAX_IMAGE_BYTES) {
      warnings.add(`A picture of more than ${MAX_IMAGE_BYTES / 1024} KB was left out.`)
    } else continue
    image.replaceWith(document.createTextNode(image.getAttribute('alt') ?? ''))
  }
}

/** The page's title is heading 1: a document's headings are 2 to 4. */
function tidyHeadings(document: Document) {
  const used = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].filter((name) => document.querySelector(name))
  for (const [index, name] of used.entries()) {
    for (const heading of [...document.querySelectorAll(name)]) {
      if (heading.hasAttribute('data-level')) continue
      const replaced = document.createElement(`h${Math.min(index + 2, 4)}`)
      replaced.setAttribute('data-level', 'set')
      replaced.append(...heading.childNodes)
      heading.replaceWith(replaced)
    }
  }
}

function toUpdate(root: Parameters<typeof prosemirrorToYXmlFragment>[0]): Uint8Array {
  const doc = new Y.Doc()
  prosemirrorToYXmlFragment(root, doc.getXmlFragment(BODY_FRAGMENT))
  const update = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return update
}
