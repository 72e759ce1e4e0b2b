/** HTML from a file → the portal's schema → Yjs. What the schema does not know is left out and told. */
import { createHash } from 'node:crypto'
import { DOMParser as ProseMirrorParser } from '@tiptap/pm/model'
import { prosemirrorToYXmlFragment } from '@tiptap/y-tiptap'
import { JSDOM } from 'jsdom'
import * as Y from 'yjs'
import { documentSchema, isDataImage, isSafeLink } from '../../../app/collab/schema/extensions'
import { MAX_NOTE } from '../../../app/collab/schema/nodes'
import { MAX_PICTURE_BYTES, picturePath, pictureType } from '../../../app/domain/picture'
import { BODY_FRAGMENT } from '../../../app/domain/proposal-template'
import type { Imported } from '../worker-protocol'

/** Never shown as text, and never run. */
const DROPPED =
  'script, style, iframe, object, embed, template, noscript, form, input, button, select, textarea, svg, math, video, audio, link, meta'

type Into = {
  /** The document that it becomes: its pictures are read there. */
  documentId: string
  told?: readonly string[]
}

/** In: HTML of a body. Out: the document's first update, its pictures, a title and what was left out. */
export function importHtml(html: string, { documentId, told = [] }: Into): Imported {
  // Scripts are not run and nothing is fetched: JSDOM does neither unless it is asked to.
  const { document } = new JSDOM(`<!doctype html><body>${html}</body>`).window
  const warnings = new Set(told)
  for (const element of document.querySelectorAll(DROPPED)) {
    if (!['link', 'meta', 'style'].includes(element.localName))
      warnings.add(`Left out: <${element.localName}>, which a document cannot hold.`)
    element.remove()
  }
  tidyFootnotes(document)
  tidyLinks(document, warnings)
  const pictures = takePictures(document, documentId, warnings)
  tidyHeadings(document)
  const title = document.querySelector('h1, h2')?.textContent?.trim().slice(0, 200) || null
  const root = ProseMirrorParser.fromSchema(documentSchema()).parse(document.body)
  return { update: toUpdate(root), title, warnings: [...warnings], pictures }
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

/** Pictures that come in the file are kept apart from the text, which names them; others are left out. */
function takePictures(document: Document, documentId: string, warnings: Set<string>): Imported['pictures'] {
  const taken = new Map<string, Uint8Array>()
  for (const image of document.querySelectorAll('img')) {
    const src = image.getAttribute('src') ?? ''
    const data = isDataImage(src) ? Buffer.from(src.slice(src.indexOf(',') + 1), 'base64') : null
    if (!data || pictureType(data) === null) {
      warnings.add('A picture was left out: only PNG, JPEG, WebP and GIF pictures inside the file are kept.')
    } else if (data.length > MAX_PICTURE_BYTES) {
      warnings.add(`A picture of more than ${MAX_PICTURE_BYTES / 1024 / 1024} MB was left out.`)
    } else {
      const sha256 = createHash('sha256').update(data).digest('hex')
      taken.set(sha256, data)
      image.setAttribute('src', picturePath({ documentId, sha256 }))
      continue
    }
    image.replaceWith(document.createTextNode(image.getAttribute('alt') ?? ''))
  }
  return [...taken].map(([sha256, data]) => ({ sha256, data }))
}

/** Word's footnotes, which its HTML has as links to a list at its end. */
function tidyFootnotes(document: Document) {
  for (const link of document.querySelectorAll('a[href^="#footnote-"], a[href^="#endnote-"]')) {
    const target = link.getAttribute('href')?.slice(1) ?? ''
    if (target.includes('-ref-')) continue
    const note = document.getElementById(target)
    if (!note) continue
    for (const back of note.querySelectorAll('a[href^="#"]')) back.remove()
    const text = note.textContent?.replace(/\s+/g, ' ').trim().slice(0, MAX_NOTE) ?? ''
    const mark = document.createElement('sup')
    mark.setAttribute('data-footnote', text)
    const around = link.parentElement?.localName === 'sup' ? link.parentElement : link
    around.replaceWith(mark)
    const list = note.parentElement
    note.remove()
    if (list?.localName === 'ol' && list.children.length === 0) list.remove()
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
