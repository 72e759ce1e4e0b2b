import { createHash, randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { prosemirrorJSONToYXmlFragment } from '@tiptap/y-tiptap'
import fc from 'fast-check'
import JSZip from 'jszip'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { documentSchema } from '../../app/collab/schema/extensions'
import { picturePath } from '../../app/domain/picture'
import { FIELDS_MAP } from '../../app/domain/proposal-template'
import { decode, plainText, readFragment } from '../../server/documents/formats/read-document'
import { createDocumentWorker, type DocumentWorker } from '../../server/documents/worker-client'
import type { ExportRequest } from '../../server/documents/worker-protocol'

const TEXTS = 'test/fixtures/texts'
let worker: DocumentWorker
beforeAll(() => {
  worker = createDocumentWorker({ log: pino({ level: 'silent' }) })
})
afterAll(() => worker.close())

const bodyOf = (update: Uint8Array) => {
  const doc = decode(update)
  const blocks = readFragment(doc, 'body')
  doc.destroy()
  return blocks
}

/** Letters and digits only: what must survive whatever the marks and spaces do. */
const letters = (text: string) => text.normalize('NFKC').replace(/[^\p{L}\p{N}]+/gu, '')

const DOCUMENT = '0199aaaa-0000-7000-8000-000000000000'
const importWord = (bytes: Uint8Array) => worker.run('importDocx', { bytes, documentId: DOCUMENT })
const importText = (text: string) => worker.run('importMarkdown', { text, documentId: DOCUMENT })

const request = (data: Uint8Array, more: Partial<ExportRequest> = {}): ExportRequest => ({
  data,
  kind: 'text',
  title: 'A text',
  marking: 'restricted',
  version: 42,
  printedAt: '2026-11-24T08:30:00.000Z',
  owner: 'Kenya',
  participants: [{ name: 'Japan', level: 'write' }],
  project: null,
  restricted: [],
  state: null,
  minerals: {},
  pictures: {},
  links: {},
  ...more,
})

async function wordParts(bytes: Uint8Array) {
  const zip = await JSZip.loadAsync(bytes)
  const parts = Object.keys(zip.files).filter((name) =>
    /^word\/(document|header\d|footer\d)\.xml$/.test(name),
  )
  const texts = await Promise.all(
    parts.map(async (name) => [name, await zip.file(name)?.async('string')] as const),
  )
  return Object.fromEntries(texts.map(([name, xml]) => [name, (xml ?? '').replace(/<[^>]+>/g, '')]))
}

describe('import of Markdown', () => {
  test('every agreement text keeps its words and headings', async () => {
    const files = (await readdir(TEXTS)).filter((name) => name.endsWith('.md'))
    expect(files).toHaveLength(8)
    for (const file of files) {
      const source = await readFile(`${TEXTS}/${file}`, 'utf8')
      const { update, title } = await importText(source)
      const blocks = bodyOf(update)
      const [, front = '', body = source] = /^---\n([\s\S]*?)\n---\s*\n([\s\S]*)$/.exec(source) ?? []
      const headings = body.match(/^#{1,6} /gm) ?? []
      expect(
        blocks.filter((block) => block.type === 'heading'),
        file,
      ).toHaveLength(headings.length)
      if (front) expect(letters(front)).toContain(letters(title?.split(' ').at(-1) ?? 'no title'))
      const plain = body
        .replace(/\]\([^)]*\)/g, ']')
        .replace(/<(https?:[^>]*)>/g, '$1')
        .replace(/<[^>]+>/g, '')
        .replace(/^\s*\d+\.\s/gm, '')
      const kept = letters(plainText(blocks))
      for (const word of plain
        .split(/\s+/)
        .map(letters)
        .filter((one) => one.length > 3 && !/^https?/.test(one))) {
        expect(kept.includes(word), `${file}: ${word}`).toBe(true)
      }
    }
  })

  test('scripts, handlers and foreign pictures are left out', async () => {
    const { update, warnings } = await importText(
      '# T\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1)) <img src=x onerror=alert(1)> ![p](https://elsewhere.example/p.png)\n\n<iframe src="https://elsewhere.example"></iframe>',
    )
    const flat = JSON.stringify(bodyOf(update))
    expect(flat).not.toMatch(/alert|javascript|elsewhere|onerror/)
    expect(warnings.length).toBeGreaterThan(0)
  })
})

describe('import of Word files', () => {
  test('what was exported comes back: headings, lists, tables, marks, links', async () => {
    const { update } = await importText(
      '# Case\n\nSome **bold** and *slanted* words with a [link](https://portal.example/a).\n\n- one\n- two\n  - within\n\n1. first\n2. second\n\n> quoted\n\n| Buyer | t/a |\n|---|---|\n| A | 5 |\n',
    )
    const file = await worker.run('exportDocx', request(update))
    const back = bodyOf((await importWord(file)).update)
    const kinds = JSON.stringify(back)
    for (const kind of ['bulletList', 'orderedList', 'table', 'bold', 'italic', 'link'])
      expect(kinds).toContain(`"${kind}"`)
    for (const words of [
      'Some bold and slanted words',
      'one',
      'within',
      'first',
      'second',
      'quoted',
      'Buyer',
    ])
      expect(letters(plainText(back))).toContain(letters(words))
  })

  test('footnotes are real ones, pictures stay, callouts and links keep their words', async () => {
    const pixel = await readFile('test/fixtures/pictures/site.png')
    const sha256 = createHash('sha256').update(pixel).digest('hex')
    const src = picturePath({ documentId: DOCUMENT, sha256 })
    const doc = new Y.Doc()
    const body = doc.getXmlFragment('body')
    const [first, callout, inner, picture] = [
      new Y.XmlElement('paragraph'),
      new Y.XmlElement('callout'),
      new Y.XmlElement('paragraph'),
      new Y.XmlElement('image'),
    ]
    body.push([first, callout, picture])
    const [note, link] = [new Y.XmlElement('footnote'), new Y.XmlElement('portalLink')]
    first.insert(0, [new Y.XmlText('Grades are high'), note, link])
    note.setAttribute('text', 'Survey of 2024, table 3')
    link.setAttribute('kind', 'project')
    link.setAttribute('id', 'p1')
    callout.insert(0, [inner])
    callout.setAttribute('tone', 'warning')
    inner.insert(0, [new Y.XmlText('Permits are pending')])
    picture.setAttribute('src', src)
    const data = Y.encodeStateAsUpdate(doc)
    expect(await worker.run('references', { data })).toEqual({
      pictures: [src],
      links: [{ kind: 'project', id: 'p1' }],
    })
    const asked = request(data, {
      pictures: { [src]: { type: 'image/png', data: pixel } },
      links: { 'project:p1': 'Mrima Hill' },
    })
    const file = await worker.run('exportDocx', asked)
    const zip = await JSZip.loadAsync(file)
    expect(await zip.file('word/footnotes.xml')?.async('string')).toContain('Survey of 2024, table 3')
    const back = await importWord(file)
    expect(back.pictures.map((one) => one.sha256)).toEqual([sha256])
    const flat = JSON.stringify(bodyOf(back.update))
    for (const kept of ['Survey of 2024, table 3', 'Mrima Hill', 'Permits are pending', src])
      expect(flat).toContain(kept)
    expect(flat).toContain('"footnote"')
    const hidden = await wordParts(await worker.run('exportDocx', { ...asked, links: {} }))
    expect(hidden['word/document.xml']).toContain('not available to you')
    const pdf = await worker.run('exportPdf', asked)
    expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-')
  })

  test('other files and archives that unpack too far are refused in words', async () => {
    await expect(importWord(randomBytes(2000))).rejects.toMatchObject({
      fault: 'invalid',
    })
    const other = new JSZip()
    other.file('a.txt', 'hello')
    await expect(importWord(await other.generateAsync({ type: 'uint8array' }))).rejects.toThrow(
      /no Word document/,
    )
    const bomb = new JSZip()
    bomb.file('[Content_Types].xml', '<Types/>')
    bomb.file('word/document.xml', Buffer.alloc(120 * 1024 * 1024, 32))
    const bytes = await bomb.generateAsync({ type: 'uint8array', compression: 'DEFLATE' })
    await expect(importWord(bytes)).rejects.toThrow(/more than 100 MB/)
  })
})

describe('export', () => {
  const proposal = () => {
    const doc = new Y.Doc()
    const fields = doc.getMap<unknown>(FIELDS_MAP)
    fields.set('minerals', ['cobalt'])
    fields.set('capitalCost', '640000000')
    fields.set('currency', 'USD')
    fields.set('capacity', 'many')
    const filler = Array.from({ length: 90 }, (_, index) => ({
      type: 'paragraph',
      content: [{ type: 'text', text: `Paragraph ${index} of the summary. `.repeat(6) }],
    }))
    prosemirrorJSONToYXmlFragment(
      documentSchema(),
      { type: 'doc', content: filler },
      doc.getXmlFragment('summary'),
    )
    return Y.encodeStateAsUpdate(doc)
  }
  const asked = () =>
    request(proposal(), {
      kind: 'proposal',
      title: 'Mrima Hill',
      project: 'Mrima Hill',
      state: 'Draft',
      minerals: { cobalt: 'Cobalt' },
    })

  test('a Word file has marking, version and date in its header and footer, and says what is not written', async () => {
    const parts = await wordParts(await worker.run('exportDocx', asked()))
    expect(parts['word/header1.xml']).toContain('TLP:RED')
    expect(parts['word/footer1.xml']).toMatch(/Version 42-[0-9a-f]{8} · 2026-11-24 08:30 UTC/)
    expect(parts['word/document.xml']).toContain('Not yet written.')
    expect(parts['word/document.xml']).toContain('USD 640\u202f000\u202f000')
    expect(parts['word/document.xml']).toContain('Cobalt')
    expect(parts['word/document.xml']).toContain('capacity (not readable)')
  })

  test('a PDF of several pages has marking, version, date and page number on each', async () => {
    const bytes = await worker.run('exportPdf', asked())
    expect(Buffer.from(bytes.slice(0, 5)).toString()).toBe('%PDF-')
    const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs')
    const pdf = await getDocument({ data: new Uint8Array(bytes), useSystemFonts: false }).promise
    expect(pdf.numPages).toBeGreaterThan(2)
    for (let number = 1; number <= pdf.numPages; number += 1) {
      const content = await (await pdf.getPage(number)).getTextContent()
      const text = content.items.map((item) => ('str' in item ? item.str : '')).join(' ')
      expect(text).toContain('TLP:RED')
      expect(text).toMatch(/Version 42-[0-9a-f]{8}/)
      expect(text).toContain('2026-11-24 08:30 UTC')
      expect(text).toContain(`Page ${number} of ${pdf.numPages}`)
    }
    await pdf.destroy()
  })

  test('any document is exported without failing', async () => {
    const leaf = fc.record({
      type: fc.constant('text'),
      text: fc.string({ minLength: 1 }).map((text) => text.replace(/[\ud800-\udfff]/g, '?')),
    })
    const paragraph = fc.record({ type: fc.constant('paragraph'), content: fc.array(leaf, { maxLength: 3 }) })
    const list = fc.record({
      type: fc.constantFrom('bulletList', 'orderedList'),
      content: fc.array(
        fc.record({
          type: fc.constant('listItem'),
          content: fc.array(paragraph, { minLength: 1, maxLength: 2 }),
        }),
        { minLength: 1, maxLength: 3 },
      ),
    })
    const heading = fc.record({
      type: fc.constant('heading'),
      attrs: fc.record({ level: fc.constantFrom(2, 3, 4) }),
      content: fc.array(leaf, { maxLength: 1 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(paragraph, list, heading), { maxLength: 6 }), async (content) => {
        const doc = new Y.Doc()
        prosemirrorJSONToYXmlFragment(documentSchema(), { type: 'doc', content }, doc.getXmlFragment('body'))
        const data = Y.encodeStateAsUpdate(doc)
        expect((await worker.run('exportDocx', request(data))).length).toBeGreaterThan(1000)
        expect((await worker.run('exportPdf', request(data))).length).toBeGreaterThan(500)
      }),
      { numRuns: 15 },
    )
  })
})
