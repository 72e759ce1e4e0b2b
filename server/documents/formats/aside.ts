/** What was kept aside of a document, against the document as it is: what it would change, in words. */
import * as Y from 'yjs'
import { textOf } from '../../../app/collab/schema/readable'
import { FIELD_LABEL, FIELD_NAMES } from '../../../app/domain/proposal-fields'
import { BODY_FRAGMENT, FIELDS_MAP, PROPOSAL_SECTIONS } from '../../../app/domain/proposal-template'
import { REQUEST_SECTIONS } from '../../../app/domain/request-template'
import type { AsideAsk, AsideChange, AsidePreview, AsideRest } from '../worker-protocol'
import { decode } from './read-document'

/** So much of each section is shown. */
const MAX_LINES = 60
const MAX_LINE = 600

const SECTIONS = [{ fragment: BODY_FRAGMENT, title: 'Text' }, ...PROPOSAL_SECTIONS, ...REQUEST_SECTIONS]

export function previewAside({ state, updates }: AsideAsk): AsidePreview {
  const [before, after] = [decode(state), decode(state)]
  Y.applyUpdate(after, updates)
  const fits = after.store.pendingStructs === null && after.store.pendingDs === null
  const changes: AsideChange[] = []
  for (const { fragment, title } of SECTIONS) {
    changes.push(
      ...changed(title, textOf(before.getXmlFragment(fragment)), textOf(after.getXmlFragment(fragment))),
    )
  }
  for (const name of FIELD_NAMES) {
    const value = (doc: Y.Doc) => {
      const held: unknown = doc.getMap(FIELDS_MAP).get(name)
      return held == null ? [] : [typeof held === 'string' ? held : JSON.stringify(held)]
    }
    changes.push(...changed(FIELD_LABEL[name], value(before), value(after)))
  }
  before.destroy()
  after.destroy()
  return { fits, changes }
}

/** The part of an update that the state does not hold yet. */
export function restOfAside({ state, updates }: AsideAsk): AsideRest {
  const doc = decode(state)
  const rest = Y.diffUpdate(updates, Y.encodeStateVector(doc))
  const before = Y.snapshot(doc)
  Y.applyUpdate(doc, rest)
  const fits = doc.store.pendingStructs === null && doc.store.pendingDs === null
  const isEmpty = fits && Y.equalSnapshots(before, Y.snapshot(doc))
  doc.destroy()
  return { rest, isEmpty }
}

/** Lines that are only on one side, as one change of a place; nothing when there are none. */
function changed(where: string, before: readonly string[], after: readonly string[]): AsideChange[] {
  const removed = without(before, after)
  const added = without(after, before)
  if (removed.length === 0 && added.length === 0) return []
  return [{ where, removed: shown(removed), added: shown(added) }]
}

/** Those of `lines` that `others` does not hold, each as often as it does. */
function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>()
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1)
  return lines.filter((line) => {
    const times = left.get(line) ?? 0
    if (times > 0) left.set(line, times - 1)
    return times === 0
  })
}

function shown(lines: readonly string[]): string[] {
  const cut = lines
    .slice(0, MAX_LINES)
    .map((line) => (line.length > MAX_LINE ? `${line.slice(0, MAX_LINE)} …` : line))
  return lines.length > MAX_LINES ? [...cut, `… and ${lines.length - MAX_LINES} more`] : cut
}
