/** The portal's document → PDF, A4, with marking, version and date on every page. */
import { createRequire } from 'node:module'
import path from 'node:path'
import {
  Document,
  Font,
  Image,
  Link,
  Page,
  renderToBuffer,
  StyleSheet,
  Text,
  View,
} from '@react-pdf/renderer'
import { Children, type ReactNode } from 'react'
import { isDataImage, isSafeLink } from '../../../app/collab/schema/extensions'
import { isInLine } from '../../../app/collab/schema/names'
import { toneOf } from '../../../app/collab/schema/nodes'
import type { ExportRequest } from '../worker-protocol'
import { notesIn } from './footnotes'
import { type Outline, outlineOf } from './outline'
import { plainText, type TextNode } from './read-document'

const require = createRequire(import.meta.url)
const FONTS = path.dirname(require.resolve('@expo-google-fonts/source-sans-3/package.json'))
const font = (folder: string) => path.join(FONTS, folder, `SourceSans3_${folder}.ttf`)

Font.register({
  family: 'Source Sans 3',
  fonts: [
    { src: font('400Regular'), fontWeight: 400 },
    { src: font('400Regular_Italic'), fontWeight: 400, fontStyle: 'italic' },
    { src: font('600SemiBold'), fontWeight: 600 },
    { src: font('600SemiBold_Italic'), fontWeight: 600, fontStyle: 'italic' },
  ],
})
// Names and figures are not parted at line ends; a word longer than a line is, at any place.
Font.registerHyphenationCallback((word) => (word.length > 60 ? (word.match(/.{1,30}/gsu) ?? [word]) : [word]))

const INK = '#1b232c'
const MUTED = '#566069'
const RULE = '#c4c9cd'

const styles = StyleSheet.create({
  page: {
    fontFamily: 'Source Sans 3',
    fontSize: 10.5,
    lineHeight: 1.4,
    color: INK,
    paddingTop: 62,
    paddingBottom: 58,
    paddingHorizontal: 56,
  },
  header: {
    position: 'absolute',
    top: 26,
    left: 56,
    right: 56,
    flexDirection: 'row',
    justifyContent: 'space-between',
    borderBottomWidth: 0.75,
    borderColor: RULE,
    paddingBottom: 5,
    fontSize: 8.5,
  },
  // Placed from the top: the height of A4 is 842 points.
  footLeft: { position: 'absolute', top: 806, left: 56, fontSize: 8.5, color: MUTED },
  footRight: { position: 'absolute', top: 806, right: 56, fontSize: 8.5, color: MUTED },
  marking: { fontWeight: 600 },
  title: { fontSize: 22, lineHeight: 1.2, fontWeight: 600, marginBottom: 12 },
  fact: { flexDirection: 'row', borderTopWidth: 0.5, borderColor: RULE, paddingVertical: 3 },
  term: { width: 150, color: MUTED, paddingRight: 8 },
  value: { flex: 1 },
  section: { fontSize: 15, lineHeight: 1.25, fontWeight: 600, marginTop: 20, marginBottom: 6 },
  h2: { fontSize: 13, lineHeight: 1.25, fontWeight: 600, marginTop: 12, marginBottom: 4 },
  h3: { fontSize: 11.5, fontWeight: 600, marginTop: 10, marginBottom: 3 },
  h4: { fontSize: 10.5, fontWeight: 600, marginTop: 8, marginBottom: 2 },
  p: { marginBottom: 6 },
  item: { flexDirection: 'row', marginBottom: 1 },
  mark: { width: 18, textAlign: 'right', paddingRight: 6 },
  quote: {
    borderLeftWidth: 2,
    borderColor: RULE,
    paddingLeft: 10,
    marginLeft: 4,
    marginBottom: 6,
    color: MUTED,
  },
  callout: {
    borderLeftWidth: 3,
    borderColor: '#1f4e79',
    backgroundColor: '#eef3f8',
    paddingHorizontal: 10,
    paddingTop: 6,
    marginVertical: 6,
  },
  warning: { borderColor: '#8a5a00', backgroundColor: '#fbf3e2' },
  notes: { borderTopWidth: 0.5, borderColor: RULE, marginTop: 6, paddingTop: 4 },
  note: { fontSize: 8.5, color: MUTED, marginBottom: 2 },
  noteMark: { fontSize: 7.5, verticalAlign: 'super' },
  row: { flexDirection: 'row' },
  cell: {
    flex: 1,
    borderWidth: 0.5,
    borderColor: RULE,
    padding: 4,
    marginTop: -0.5,
    marginLeft: -0.5,
    fontSize: 9.5,
  },
  headCell: { backgroundColor: '#eef0f1', fontWeight: 600 },
  table: { marginVertical: 6 },
  rule: { borderTopWidth: 0.75, borderColor: RULE, marginVertical: 8 },
  empty: { fontStyle: 'italic', color: MUTED },
  image: { maxWidth: 480, maxHeight: 560, objectFit: 'contain', marginVertical: 6 },
})

export async function exportPdf(request: ExportRequest): Promise<Uint8Array> {
  return printOutline(outlineOf(request))
}

/** Any paper that is not a document of its own: a letter, a result, minutes. */
export async function printOutline(outline: Outline): Promise<Uint8Array> {
  return new Uint8Array(await renderToBuffer(<Paper outline={outline} />))
}

function Paper({ outline }: { outline: Outline }) {
  return (
    <Document
      title={outline.title}
      language="en"
      creator="FORGE partner portal"
      subject={`${outline.marking}, ${outline.version}`}
    >
      <Page size="A4" style={styles.page}>
        <View style={styles.header} fixed>
          <Text style={styles.marking}>{outline.marking}</Text>
          <Text>{outline.kind}</Text>
        </View>
        <Text style={styles.footLeft} fixed>
          {outline.version} · {outline.date}
        </Text>
        <Text
          style={styles.footRight}
          fixed
          render={({ pageNumber, totalPages }) => `Page ${pageNumber} of ${totalPages}`}
        />
        <Text style={styles.title}>{outline.title}</Text>
        <View>
          {outline.facts.map(([term, value]) => (
            <View key={term} style={styles.fact} wrap={false}>
              <Text style={styles.term}>{term}</Text>
              <Text style={styles.value}>{value}</Text>
            </View>
          ))}
        </View>
        {drawn(outline.sections, ({ heading, blocks }) => (
          <View>
            {heading ? (
              <Text style={styles.section} minPresenceAhead={40}>
                {heading}
              </Text>
            ) : null}
            {isBlank(blocks) ? (
              <Text style={styles.empty}>Not yet written.</Text>
            ) : (
              drawn(blocks, (block) => <Block node={block} />)
            )}
            <Notes blocks={blocks} />
          </View>
        ))}
      </Page>
    </Document>
  )
}

/** The footnotes of a section, beneath it. */
function Notes({ blocks }: { blocks: readonly TextNode[] }) {
  const notes = notesIn(blocks)
  if (notes.length === 0) return null
  return (
    <View style={styles.notes}>
      {drawn(notes, ({ number, text }) => (
        <Text style={styles.note}>
          {number}. {text}
        </Text>
      ))}
    </View>
  )
}

const isBlank = (nodes: readonly TextNode[]): boolean =>
  plainText(nodes).trim() === '' && !nodes.some(({ type }) => type === 'table' || type === 'image')

/** Printed once and never reordered: the place in the list is identity enough. */
const drawn = <T,>(items: readonly T[] | undefined, draw: (item: T, at: number) => ReactNode): ReactNode =>
  Children.toArray((items ?? []).map(draw))

const blocks = (node: TextNode): ReactNode => drawn(node.content, (child) => <Block node={child} />)

function Block({ node }: { node: TextNode }): ReactNode {
  switch (node.type) {
    case 'heading': {
      const style = node.attrs?.level === 4 ? styles.h4 : node.attrs?.level === 3 ? styles.h3 : styles.h2
      return (
        <Text style={style} minPresenceAhead={30}>
          {inline(node)}
        </Text>
      )
    }
    case 'bulletList':
    case 'orderedList': {
      const start = Number(node.attrs?.start) || 1
      return (
        <View style={styles.p}>
          {drawn(node.content, (item, index) => (
            <View style={styles.item}>
              <Text style={styles.mark}>{node.type === 'bulletList' ? '•' : `${start + index}.`}</Text>
              <View style={styles.value}>{blocks(item)}</View>
            </View>
          ))}
        </View>
      )
    }
    case 'callout':
      return (
        <View style={[styles.callout, toneOf(node.attrs?.tone) === 'warning' ? styles.warning : {}]}>
          {blocks(node)}
        </View>
      )
    case 'blockquote':
      return <View style={styles.quote}>{blocks(node)}</View>
    case 'table':
      return (
        <View style={styles.table}>
          {drawn(node.content, (row) => (
            <View style={styles.row} wrap={false}>
              {drawn(row.content, (cell) => (
                <View
                  style={[
                    styles.cell,
                    { flex: widthOf(cell) },
                    cell.type === 'tableHeader' ? styles.headCell : {},
                  ]}
                >
                  {blocks(cell)}
                </View>
              ))}
            </View>
          ))}
        </View>
      )
    case 'image':
      return <Picture node={node} />
    case 'horizontalRule':
      return <View style={styles.rule} />
    default:
      if (node.text !== undefined) return <Text>{node.text}</Text>
      if (node.content?.some((child) => !isInLine(child))) return <View>{blocks(node)}</View>
      return <Text style={styles.p}>{inline(node)}</Text>
  }
}

/** A cell's share of its row: the widths that were dragged where all are known, else one for each column it spans. */
function widthOf({ attrs }: TextNode): number {
  const widths = Array.isArray(attrs?.colwidth) ? attrs.colwidth.map(Number) : []
  const sum = widths.reduce((all, width) => all + width, 0)
  if (widths.length > 0 && widths.every((width) => width > 0) && Number.isFinite(sum)) return sum / 100
  return Math.max(1, Number(attrs?.colspan) || 1)
}

/** WebP is not drawn in a PDF: its description stands for it. */
function Picture({ node }: { node: TextNode }) {
  const src = node.attrs?.src
  const alt = String(node.attrs?.alt ?? '')
  if (isDataImage(src) && /^data:image\/(png|jpeg);/.test(String(src)))
    return <Image src={String(src)} style={styles.image} />
  return <Text style={styles.empty}>{`[Picture${alt ? `: ${alt}` : ''}]`}</Text>
}

function inline(node: TextNode): ReactNode {
  return drawn(node.content, (child) => {
    if (child.type === 'hardBreak') return '\n'
    if (child.type === 'footnote') return <Text style={styles.noteMark}>{`${child.attrs?.number}`}</Text>
    if (child.text === undefined) return inline(child)
    const marks = new Map((child.marks ?? []).map((mark) => [mark.type, mark.attrs ?? {}]))
    const href = marks.get('link')?.href
    const link = isSafeLink(href)
    const lines = [
      marks.has('underline') || link ? 'underline' : '',
      marks.has('strike') ? 'line-through' : '',
    ].filter(Boolean)
    const style = {
      ...(marks.has('bold') ? { fontWeight: 600 } : {}),
      ...(marks.has('italic') ? { fontStyle: 'italic' as const } : {}),
      ...(lines.length > 0 ? { textDecoration: lines.join(' ') as 'underline' } : {}),
      ...(link ? { color: '#1f4e79' } : {}),
    }
    return link ? (
      <Link src={String(href)} style={style}>
        {child.text}
      </Link>
    ) : (
      <Text style={style}>{child.text}</Text>
    )
  })
}
