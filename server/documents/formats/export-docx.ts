/** The portal's document → .docx. */
import {
  AlignmentType,
  BorderStyle,
  Document,
  ExternalHyperlink,
  Footer,
  FootnoteReferenceRun,
  Header,
  HeadingLevel,
  ImageRun,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  Table,
  TableCell,
  TableRow,
  TabStopType,
  TextRun,
  WidthType,
} from 'docx'
import { imageSize } from 'image-size'
import { isDataImage, isSafeLink } from '../../../app/collab/schema/extensions'
import { toneOf } from '../../../app/collab/schema/nodes'
import type { ExportRequest } from '../worker-protocol'
import { notesIn } from './footnotes'
import { type Outline, outlineOf } from './outline'
import { plainText, type TextNode } from './read-document'

const BULLETS = 'bullets'
const NUMBERS = 'numbers'
/** Width of the text on A4 with these margins, in twentieths of a point and in pixels of 1/96 inch. */
const TEXT_TWIPS = 9638
const TEXT_PIXELS = 620
const HEADINGS = { 2: HeadingLevel.HEADING_2, 3: HeadingLevel.HEADING_3, 4: HeadingLevel.HEADING_4 } as const

type Block = Paragraph | Table
type Place = {
  callout?: 'note' | 'warning'
  list?: { reference: string; level: number; instance: number }
  quote?: boolean
}

/** Lists that are numbered apart need a number of their own each. */
class Numbering {
  #instance = 0
  next = () => {
    this.#instance += 1
    return this.#instance
  }
}

export async function exportDocx(request: ExportRequest): Promise<Uint8Array> {
  return writeOutline(outlineOf(request))
}

/** The same for a paper that is no document of the portal: minutes. */
export async function writeOutline(outline: Outline): Promise<Uint8Array> {
  const numbering = new Numbering()
  const levels = (format: (typeof LevelFormat)[keyof typeof LevelFormat], text: (level: number) => string) =>
    [0, 1, 2, 3, 4].map((level) => ({
      level,
      format,
      text: text(level),
      alignment: AlignmentType.LEFT,
      style: { paragraph: { indent: { left: 500 * (level + 1), hanging: 300 } } },
    }))
  const file = new Document({
    title: outline.title,
    creator: 'FORGE partner portal',
    description: `${outline.marking}, ${outline.version}, ${outline.date}`,
    styles: {
      default: {
        document: { run: { font: 'Calibri', size: 22 }, paragraph: { spacing: { after: 120, line: 276 } } },
      },
    },
    footnotes: Object.fromEntries(
      outline.sections
        .flatMap(({ blocks }) => notesIn(blocks))
        .map(({ number, text }) => [
          String(number),
          { children: [new Paragraph({ children: [new TextRun({ text: clean(text), size: 18 })] })] },
        ]),
    ),
    numbering: {
      config: [
        { reference: BULLETS, levels: levels(LevelFormat.BULLET, () => '•') },
        { reference: NUMBERS, levels: levels(LevelFormat.DECIMAL, (level) => `%${level + 1}.`) },
      ],
    },
    sections: [
      {
        properties: {
          page: {
            size: { width: 11906, height: 16838 },
            margin: { top: 1400, bottom: 1300, left: 1134, right: 1134 },
          },
        },
        headers: { default: new Header({ children: [edge(outline.marking, outline.kind)] }) },
        footers: { default: new Footer({ children: [edge(`${outline.version} · ${outline.date}`, null)] }) },
        children: [
          new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun(clean(outline.title))] }),
          factsTable(outline.facts),
          ...outline.sections.flatMap(({ heading, blocks }) => [
            ...(heading
              ? [
                  new Paragraph({
                    heading: HeadingLevel.HEADING_1,
                    keepNext: true,
                    children: [new TextRun(heading)],
                  }),
                ]
              : []),
            ...(plainText(blocks).trim() === '' && !hasPictures(blocks)
              ? [
                  new Paragraph({
                    children: [new TextRun({ text: 'Not yet written.', italics: true, color: '666666' })],
                  }),
                ]
              : blocks.flatMap((block) => blockOf(block, {}, numbering))),
          ]),
        ],
      },
    ],
  })
  return new Uint8Array(await Packer.toBuffer(file))
}

/** Header or footer: something left, and the page's number or a word right. */
function edge(left: string, right: string | null): Paragraph {
  const page = new TextRun({
    size: 17,
    children: ['\tPage ', PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES],
  })
  return new Paragraph({
    tabStops: [{ type: TabStopType.RIGHT, position: TEXT_TWIPS }],
    children: [
      new TextRun({ text: left, bold: true, size: 17 }),
      right === null ? page : new TextRun({ text: `\t${right}`, size: 17 }),
    ],
  })
}

const RULE = { style: BorderStyle.SINGLE, size: 4, color: 'BBBBBB' }
const BORDERS = { top: RULE, bottom: RULE, left: RULE, right: RULE }

function factsTable(facts: Outline['facts']): Table {
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    columnWidths: [3000, TEXT_TWIPS - 3000],
    rows: facts.map(
      ([term, value]) =>
        new TableRow({
          cantSplit: true,
          children: [term, value].map(
            (text, index) =>
              new TableCell({
                borders: BORDERS,
                margins: { left: 80, right: 80, top: 40, bottom: 40 },
                children: [
                  new Paragraph({
                    spacing: { after: 0 },
                    children: [new TextRun({ text: clean(text), bold: index === 0 })],
                  }),
                ],
              }),
          ),
        }),
    ),
  })
}

function blockOf(node: TextNode, place: Place, numbering: Numbering): Block[] {
  const inner = () => (node.content ?? []).flatMap((child) => blockOf(child, place, numbering))
  switch (node.type) {
    case 'heading': {
      const level = Number(node.attrs?.level)
      return [
        new Paragraph({
          heading: level === 3 || level === 4 ? HEADINGS[level] : HEADINGS[2],
          keepNext: true,
          children: runs(node),
        }),
      ]
    }
    case 'bulletList':
    case 'orderedList': {
      const reference = node.type === 'bulletList' ? BULLETS : NUMBERS
      const level = place.list ? Math.min(place.list.level + 1, 4) : 0
      const list = { reference, level, instance: numbering.next() }
      return (node.content ?? []).flatMap((item) => itemOf(item, { ...place, list }, numbering))
    }
    case 'callout': {
      const callout = toneOf(node.attrs?.tone)
      return (node.content ?? []).flatMap((child) => blockOf(child, { ...place, callout }, numbering))
    }
    case 'blockquote':
      return (node.content ?? []).flatMap((child) => blockOf(child, { ...place, quote: true }, numbering))
    case 'table':
      return [tableOf(node, numbering)]
    case 'image':
      return [new Paragraph({ children: [pictureOf(node)] })]
    case 'horizontalRule':
      return [new Paragraph({ border: { bottom: RULE } })]
    case 'paragraph':
      return [paragraph(node, place)]
    default:
      // A kind that this version does not know keeps its text.
      return node.text !== undefined ? [paragraph({ type: 'paragraph', content: [node] }, place)] : inner()
  }
}

/** The first paragraph of an item carries the mark; what follows is indented with it. */
function itemOf(item: TextNode, place: Place, numbering: Numbering): Block[] {
  const [first, ...rest] = item.content ?? []
  const blocks = first ? blockOf(first, place, numbering) : []
  const after = rest.flatMap((child) =>
    child.type === 'bulletList' || child.type === 'orderedList'
      ? blockOf(child, place, numbering)
      : [new Paragraph({ indent: { left: 500 * ((place.list?.level ?? 0) + 1) }, children: runs(child) })],
  )
  return [...blocks, ...after]
}

function paragraph(node: TextNode, { list, quote, callout }: Place): Paragraph {
  return new Paragraph({
    children: runs(node),
    ...(list ? { numbering: list, spacing: { after: 60 } } : {}),
    ...(callout
      ? {
          shading: { fill: callout === 'warning' ? 'FBF3E2' : 'EEF3F8' },
          border: {
            left: { ...RULE, color: callout === 'warning' ? '8A5A00' : '1F4E79', size: 18, space: 8 },
          },
        }
      : {}),
    ...(quote
      ? { style: 'Quote', indent: { left: 500 }, border: { left: { ...RULE, size: 12, space: 8 } } }
      : {}),
  })
}

function tableOf(node: TextNode, numbering: Numbering): Table {
  const rows = (node.content ?? []).filter((row) => row.content?.length)
  if (rows.length === 0) return factsTable([['', '']])
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: rows.map(
      (row) =>
        new TableRow({
          tableHeader: row === rows[0] && (row.content ?? []).every((cell) => cell.type === 'tableHeader'),
          children: (row.content ?? []).map((cell) => {
            const blocks = (cell.content ?? []).flatMap((child) => blockOf(child, {}, numbering))
            return new TableCell({
              borders: BORDERS,
              margins: { left: 80, right: 80, top: 40, bottom: 40 },
              ...(widthOf(cell) ? { width: { size: widthOf(cell), type: WidthType.DXA } } : {}),
              columnSpan: spanOf(cell, 'colspan'),
              rowSpan: spanOf(cell, 'rowspan'),
              shading: cell.type === 'tableHeader' ? { fill: 'EEEEEE' } : undefined,
              // Word calls a file damaged whose cell ends without a paragraph.
              children: blocks.at(-1) instanceof Paragraph ? blocks : [...blocks, new Paragraph('')],
            })
          }),
        }),
    ),
  })
}

/** The width of a cell whose columns were all dragged, in twentieths of a point; 0: as Word likes. */
function widthOf({ attrs }: TextNode): number {
  const widths = Array.isArray(attrs?.colwidth) ? attrs.colwidth.map(Number) : []
  const sum = widths.reduce((all, width) => all + width, 0)
  const known = widths.length > 0 && widths.every((width) => width > 0) && Number.isFinite(sum)
  return known ? Math.min(TEXT_TWIPS, Math.round(sum * 15)) : 0
}

const spanOf = (cell: TextNode, name: 'colspan' | 'rowspan') =>
  Math.max(1, Math.min(100, Number(cell.attrs?.[name]) || 1))

function runs(node: TextNode): ParagraphChild[] {
  return (node.content ?? []).flatMap((child): ParagraphChild[] => {
    if (child.type === 'hardBreak') return [new TextRun({ break: 1 })]
    if (child.type === 'image') return [pictureOf(child)]
    if (child.type === 'footnote') return [new FootnoteReferenceRun(Number(child.attrs?.number))]
    if (child.text === undefined) return runs(child)
    const marks = new Map((child.marks ?? []).map((mark) => [mark.type, mark.attrs ?? {}]))
    const href = marks.get('link')?.href
    const link = isSafeLink(href)
    const run = new TextRun({
      text: clean(child.text),
      bold: marks.has('bold'),
      italics: marks.has('italic'),
      strike: marks.has('strike'),
      underline: marks.has('underline') || link ? {} : undefined,
      color: link ? '1F4E79' : undefined,
      font: marks.has('code') ? 'Consolas' : undefined,
    })
    return link ? [new ExternalHyperlink({ link: String(href), children: [run] })] : [run]
  })
}

const hasPictures = (nodes: readonly TextNode[]): boolean =>
  nodes.some((node) => node.type === 'image' || node.type === 'table' || hasPictures(node.content ?? []))

/** A kept picture, as wide as it is and no wider than the page; its description where it cannot be drawn. */
function pictureOf(node: TextNode): ParagraphChild {
  const src = node.attrs?.src
  const alt = String(node.attrs?.alt ?? '')
  const match = isDataImage(src) ? /^data:image\/(png|jpeg|gif);base64,(.*)$/.exec(String(src)) : null
  const bytes = match ? Buffer.from(match[2] ?? '', 'base64') : null
  const size = bytes ? sizeOf(bytes) : null
  if (!match || !bytes || !size)
    return new TextRun({ text: `[Picture${alt ? `: ${clean(alt)}` : ''}]`, italics: true })
  const scale = Math.min(1, TEXT_PIXELS / size.width, 900 / size.height)
  return new ImageRun({
    type: match[1] === 'jpeg' ? 'jpg' : match[1] === 'gif' ? 'gif' : 'png',
    data: bytes,
    transformation: { width: Math.round(size.width * scale), height: Math.round(size.height * scale) },
    altText: { name: 'Picture', title: alt, description: alt },
  })
}

function sizeOf(bytes: Buffer): { width: number; height: number } | null {
  try {
    const { width, height } = imageSize(bytes)
    return width && height ? { width, height } : null
  } catch {
    return null
  }
}

/** XML holds no control characters but tab and line ends. */
function clean(text: string): string {
  return [...text]
    .filter((character) => character >= ' ' || character === '\t' || character === '\n')
    .join('')
}
