/** A section of an open document as a plain tree, each run of text with who wrote it. */
import * as Y from 'yjs'
import type { HistoryMark, HistoryNode } from '../../../app/domain/history'
import type { Authorship } from './authorship'

/** The editor's binding writes marks that may overlap as `name--hash`. */
const HASHED_MARK = /^(.*)(--[a-zA-Z0-9+/=]{8})$/

export function readBlocks(doc: Y.Doc, fragment: string, authorship: Authorship): HistoryNode[] {
  return nodesOf(doc.getXmlFragment(fragment), authorship)
}

function nodesOf(parent: Y.XmlFragment, authorship: Authorship): HistoryNode[] {
  return parent.toArray().flatMap((child): HistoryNode[] => {
    if (child instanceof Y.XmlText) return runsOf(child, authorship)
    if (!(child instanceof Y.XmlElement)) return []
    const attrs: Record<string, unknown> = child.getAttributes()
    const content = nodesOf(child, authorship)
    return [
      {
        type: child.nodeName,
        ...(Object.keys(attrs).length > 0 ? { attrs } : {}),
        ...(content.length > 0 ? { content } : {}),
      },
    ]
  })
}

function runsOf(text: Y.XmlText, authorship: Authorship): HistoryNode[] {
  const runs: HistoryNode[] = []
  const marks = new Map<string, unknown>()
  for (let item = text._start; item; item = item.right) {
    if (item.deleted) continue
    if (item.content instanceof Y.ContentFormat) {
      const { key, value } = item.content
      if (value === null) marks.delete(key)
      else marks.set(key, value)
      continue
    }
    if (!(item.content instanceof Y.ContentString)) continue
    const { client, clock } = item.id
    const { str } = item.content
    for (let from = 0; from < str.length; ) {
      const whose = authorship.of(client, clock + from)
      const to = Math.min(str.length, whose.end - clock)
      push(runs, { text: str.slice(from, to), marks: marksOf(marks), ...whose })
      from = to
    }
  }
  return runs
}

type FoundRun = { text: string; marks: HistoryMark[]; by: number; movedBy?: number }

function push(runs: HistoryNode[], { text, marks, by, movedBy }: FoundRun): void {
  const last = runs.at(-1)
  const same = last?.by === by && last.movedBy === movedBy
  if (last && same && JSON.stringify(last.marks ?? []) === JSON.stringify(marks)) last.text += text
  else
    runs.push({
      type: 'text',
      text,
      ...(marks.length > 0 ? { marks } : {}),
      by,
      ...(movedBy === undefined ? {} : { movedBy }),
    })
}

const marksOf = (marks: ReadonlyMap<string, unknown>): HistoryMark[] =>
  [...marks]
    .map(([key, value]) => {
      const type = HASHED_MARK.exec(key)?.[1] ?? key
      const attrs = typeof value === 'object' && value !== null ? { ...value } : {}
      return Object.keys(attrs).length > 0 ? { type, attrs } : { type }
    })
    .sort((a, b) => (a.type < b.type ? -1 : 1))
