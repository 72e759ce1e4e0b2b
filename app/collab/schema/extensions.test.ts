// @vitest-environment jsdom
import { Editor, type JSONContent } from '@tiptap/core'
import { Node } from '@tiptap/pm/model'
import { prosemirrorToYXmlFragment, yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { documentExtensions, documentSchema, isKeptImage, isSafeLink, MAX_IMAGE_BYTES } from './extensions'
import { MARK_NAMES, NODE_NAMES } from './names'

const schema = documentSchema()
const PIXEL = 'data:image/png;base64,iVBORw0KGgo='

/** JSON → Yjs → the wire → Yjs → JSON. */
function throughYjs(content: JSONContent): JSONContent {
  const here = new Y.Doc()
  prosemirrorToYXmlFragment(Node.fromJSON(schema, content), here.getXmlFragment('summary'))
  const there = new Y.Doc()
  Y.applyUpdate(there, Y.encodeStateAsUpdate(here))
  return yXmlFragmentToProseMirrorRootNode(there.getXmlFragment('summary'), schema).toJSON()
}

const asJson = (content: JSONContent): JSONContent => Node.fromJSON(schema, content).toJSON()

const text = fc.record({
  type: fc.constant('text'),
  text: fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }).filter((one) => !/\p{Cc}/u.test(one)),
  marks: fc
    .uniqueArray(fc.constantFrom('bold', 'italic', 'underline', 'strike'), { maxLength: 3 })
    .map((types) => types.map((type) => ({ type }))),
})
const inline = fc.array(text, { maxLength: 4 })
const paragraph = inline.map((content) => ({ type: 'paragraph', content }))
const heading = fc
  .tuple(fc.constantFrom(2, 3, 4), inline)
  .map(([level, content]) => ({ type: 'heading', attrs: { level }, content }))
const item = fc
  .array(paragraph, { minLength: 1, maxLength: 2 })
  .map((content) => ({ type: 'listItem', content }))
const list = fc
  .tuple(fc.constantFrom('bulletList', 'orderedList'), fc.array(item, { minLength: 1, maxLength: 3 }))
  .map(([type, content]) => ({ type, content }))
const quote = fc
  .array(paragraph, { minLength: 1, maxLength: 2 })
  .map((content) => ({ type: 'blockquote', content }))
const table = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }), paragraph)
  .map(([rows, columns, cell]) => ({
    type: 'table',
    content: Array.from({ length: rows }, (_, row) => ({
      type: 'tableRow',
      content: Array.from({ length: columns }, () => ({
        type: row === 0 ? 'tableHeader' : 'tableCell',
        content: [cell],
      })),
    })),
  }))
const picture = fc.constant({ type: 'image', attrs: { src: PIXEL, alt: 'The pit' } })
const callout = fc
  .tuple(fc.constantFrom('note', 'warning'), fc.array(paragraph, { minLength: 1, maxLength: 2 }))
  .map(([tone, content]) => ({ type: 'callout', attrs: { tone }, content }))
const noted = fc
  .tuple(inline, fc.string({ maxLength: 20 }), fc.constantFrom('project', 'partner', 'mineral', 'decision'))
  .map(([content, note, kind]) => ({
    type: 'paragraph',
    content: [
      ...content,
      { type: 'footnote', attrs: { text: note } },
      { type: 'portalLink', attrs: { kind, id: 'cobalt' } },
    ],
  }))
const rule = fc.constant({ type: 'horizontalRule' })
const document = fc
  .array(fc.oneof(paragraph, heading, list, quote, table, picture, rule, callout, noted), {
    minLength: 1,
    maxLength: 8,
  })
  .map((content) => ({ type: 'doc', content }))

describe('what a document may hold', () => {
  it('comes through Yjs and back as it was, whatever it holds', () => {
    fc.assert(
      fc.property(document, (content) => {
        expect(throughYjs(content)).toEqual(asJson(content))
      }),
      { numRuns: 60 },
    )
  })

  it('keeps links, breaks and merged cells', () => {
    const link = { type: 'link', attrs: { href: 'https://example.org/a', target: '_blank' } }
    const content = {
      type: 'doc',
      content: [
        {
          type: 'paragraph',
          content: [
            { type: 'text', text: 'See ', marks: [{ type: 'code' }] },
            { type: 'hardBreak' },
            { type: 'text', text: 'there', marks: [link] },
          ],
        },
        {
          type: 'table',
          content: [
            {
              type: 'tableRow',
              content: [{ type: 'tableCell', attrs: { colspan: 2 }, content: [{ type: 'paragraph' }] }],
            },
          ],
        },
      ],
    }
    expect(throughYjs(content)).toEqual(asJson(content))
  })

  it('has headings 2 to 4, and neither code blocks nor anything that runs', () => {
    const sorted = (names: readonly string[]) => [...names].sort()
    expect(sorted(Object.keys(schema.nodes))).toEqual(sorted(['doc', 'text', ...NODE_NAMES]))
    expect(sorted(Object.keys(schema.marks))).toEqual(sorted(MARK_NAMES))
  })
})

describe('what comes from elsewhere', () => {
  const open = (content: string | JSONContent) =>
    new Editor({ extensions: documentExtensions(), content, injectCSS: false })

  it.each(['https://forge.example', 'http://a.b', 'mailto:desk@forge.example'])('%s is a link', (href) =>
    expect(isSafeLink(href)).toBe(true),
  )

  it.each(['javascript:alert(1)', 'data:text/html,x', 'ftp://a', '//a.b', ' https://a', '', null])(
    '%s is none',
    (href) => expect(isSafeLink(href)).toBe(false),
  )

  it('a pasted link that would run something keeps its words only', () => {
    const editor = open('<p><a href="javascript:alert(1)">click</a></p>')
    expect(editor.getHTML()).not.toContain('javascript')
    expect(editor.getText()).toBe('click')
    editor.destroy()
  })

  it('a picture from elsewhere, an SVG and one that is too large are left out', () => {
    const large = `data:image/png;base64,${'A'.repeat(Math.ceil((MAX_IMAGE_BYTES * 4) / 3) + 64)}`
    for (const src of ['https://elsewhere.example/a.png', 'data:image/svg+xml;base64,PHN2Zz4=', large]) {
      const editor = open(`<p>before</p><img src="${src}"><p>after</p>`)
      expect(editor.getHTML()).not.toContain('<img')
      editor.destroy()
    }
    const editor = open(`<img src="${PIXEL}" alt="The pit">`)
    expect(editor.getHTML()).toContain(PIXEL)
    editor.destroy()
  })

  it('what a forged document holds is shown without its address', () => {
    const editor = open({
      type: 'doc',
      content: [
        { type: 'image', attrs: { src: 'https://elsewhere.example/seen-by.png' } },
        {
          type: 'paragraph',
          content: [
            { type: 'text', text: 'x', marks: [{ type: 'link', attrs: { href: 'javascript:alert(1)' } }] },
          ],
        },
      ],
    })
    expect(editor.getHTML()).not.toContain('elsewhere')
    expect(editor.getHTML()).not.toContain('javascript')
    editor.destroy()
  })

  it('pictures are of the kinds that browsers and Word show', () => {
    expect(isKeptImage(PIXEL)).toBe(true)
    expect(isKeptImage('data:image/svg+xml;base64,AAAA')).toBe(false)
    expect(isKeptImage('data:image/png;base64,<script>')).toBe(false)
  })
})
