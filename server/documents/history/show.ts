/** The history of a document as a page shows it: who wrote when, the text of one moment, and what differs from another. */

import { isKeptImage, isSafeLink } from '../../../app/collab/schema/extensions'
import type { FactChange, HistoryNode, HistorySection } from '../../../app/domain/history'
import { factsIn } from '../formats/facts'
import { readFields } from '../formats/read-document'
import type { HistoryAnswer, HistoryRequest } from '../worker-protocol'
import { unpackLog } from './packed-log'
import { type LogLine, momentsOf, replay } from './replay'
import { type DocumentKind, sectionsOf } from './sections'
import { diffBlocks } from './text-diff'
import { readBlocks } from './text-tree'

/** Letters of pictures and of text in one answer: a page with more would not open on a phone. */
const MOST_PICTURES = 4_000_000
const MOST_TEXT = 2_000_000

type State = { sections: HistorySection[]; fields: Record<string, unknown> }
const EMPTY: State = { sections: [], fields: {} }

export function showHistory({ log, kind, compare, minerals, ...wanted }: HistoryRequest): HistoryAnswer {
  const lines = unpackLog(log)
  const moments = momentsOf(lines)
  const at = reachable(lines, wanted.at ?? Number.POSITIVE_INFINITY)
  const from = reachable(lines, wanted.from ?? moments.findLast((moment) => moment < at) ?? 0)
  const states = new Map<number, State>()
  const sittings = replay(
    { lines, owners: new Map(log.owners) },
    new Set([at, from]),
    (seq, doc, authorship) => {
      const sections = sectionsOf(kind).map(({ fragment, title }) => ({
        ...{ fragment, title },
        blocks: readBlocks(doc, fragment, authorship),
      }))
      states.set(seq, { sections, fields: readFields(doc) })
    },
  )
  const [before, after] = [states.get(from) ?? EMPTY, states.get(at) ?? EMPTY]
  const sections = after.sections.map((section) => {
    const old = before.sections.find(({ fragment }) => fragment === section.fragment)?.blocks ?? []
    return compare ? { ...section, blocks: diffBlocks(old, section.blocks) } : section
  })
  const room = { pictures: MOST_PICTURES, text: MOST_TEXT }
  return {
    sittings,
    at,
    from,
    sections: sections.map((section) => ({
      ...section,
      blocks: section.blocks.map((node) => safe(node, room)),
    })),
    facts: factsBetween(kind, before.fields, after.fields, minerals),
  }
}

/** The last moment up to `seq` that can be shown: inside of what was merged there is none. */
function reachable(lines: readonly LogLine[], seq: number): number {
  let [found, reached] = [0, 0]
  lines.forEach((line, nth) => {
    reached = Math.max(reached, line.seq)
    const next = lines[nth + 1]
    if (reached <= seq && (!next || (next.from ?? next.seq) > reached)) found = reached
  })
  return found
}

/** Every key fact that is given at one of the moments. */
function factsBetween(
  kind: DocumentKind,
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  minerals: Record<string, string>,
): FactChange[] {
  const [old, fresh] = [before, after].map((raw) => {
    const { facts, problems } = factsIn(kind, raw, minerals)
    const unread = problems.map(({ field }): [string, string] => [
      `${field} (not readable)`,
      JSON.stringify(raw[field])?.slice(0, 200) ?? '',
    ])
    return new Map([...facts, ...unread])
  })
  const labels = new Set([...(fresh?.keys() ?? []), ...(old?.keys() ?? [])])
  return [...labels].map((label) => ({
    label,
    before: old?.get(label) ?? null,
    after: fresh?.get(label) ?? null,
  }))
}

/** Without what a page must not load or open, and without pictures that are too many for one page. */
function safe(node: HistoryNode, room: { pictures: number; text: number }): HistoryNode {
  room.text -= node.text?.length ?? 0
  if (room.text < 0) throw new RangeError('The text is too long to be shown with its history.')
  if (node.type === 'image') {
    const { src, alt } = node.attrs ?? {}
    const size = typeof src === 'string' ? src.length : 0
    const fits = isKeptImage(src) && size <= room.pictures
    if (fits) room.pictures -= size
    return { ...node, attrs: { ...(fits ? { src } : {}), ...(typeof alt === 'string' ? { alt } : {}) } }
  }
  const marks = node.marks?.filter(({ type, attrs }) => type !== 'link' || isSafeLink(attrs?.href))
  return {
    ...node,
    ...(marks ? { marks } : {}),
    ...(node.content ? { content: node.content.map((child) => safe(child, room)) } : {}),
  }
}
