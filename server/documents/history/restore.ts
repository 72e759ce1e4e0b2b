/** Brings an earlier state of a document back as an edit of today's: with as little going and coming as can be. */
import * as Y from 'yjs'
import { claimNew } from '../../../app/collab/suggest/claim-new'
import { MAX_ENTRY_BYTES } from '../../../app/domain/channel-limits'
import { FIELDS_MAP } from '../../../app/domain/proposal-template'
import type { PackedLog, Restored } from '../worker-protocol'
import { unpackLog } from './packed-log'
import type { LogLine } from './replay'
import { type DocumentKind, sectionsOf } from './sections'
import { diffSequence, gaps } from './sequence-diff'

/** Some room is left for what an entry says besides. */
const MOST_BYTES = MAX_ENTRY_BYTES - 16 * 1024

const TOO_LARGE = 'That version holds a part that is too large to be brought back in one edit.'

export function restore({ log, kind, seq }: { log: PackedLog; kind: DocumentKind; seq: number }): Restored {
  const lines = unpackLog(log)
  const wanted = played(lines.filter((line) => line.seq <= seq))
  const doc = played(lines)
  // An id of its own: the portal binds it to whoever brings the version back.
  const taken = new Set(log.owners.map(([client]) => client))
  while (taken.has(doc.clientID)) doc.clientID = new Y.Doc().clientID
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  const fragments = sectionsOf(kind).map(({ fragment }) => fragment)
  for (const name of fragments) sameChildren(doc.getXmlFragment(name), wanted.getXmlFragment(name))
  claimNew(doc, fragments)
  sameFields(doc.getMap(FIELDS_MAP), wanted.getMap(FIELDS_MAP))
  const same =
    fragments.every((name) => keyOf(doc.getXmlFragment(name)) === keyOf(wanted.getXmlFragment(name))) &&
    fieldsKey(doc) === fieldsKey(wanted)
  if (!same) throw new Error('the version could not be brought back as it was')
  doc.destroy()
  wanted.destroy()
  return { updates: gathered(updates) }
}

function played(lines: readonly LogLine[]): Y.Doc {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (const line of lines) Y.applyUpdate(doc, line.data)
  })
  return doc
}

/** Small edits together, as many as fit into one entry. */
function gathered(updates: readonly Uint8Array[]): Uint8Array[] {
  const entries: Uint8Array[] = []
  let [pieces, bytes]: [Uint8Array[], number] = [[], 0]
  const close = () => {
    if (pieces.length > 0) entries.push(Y.mergeUpdates(pieces))
    ;[pieces, bytes] = [[], 0]
  }
  for (const update of updates) {
    if (update.length > MOST_BYTES) throw new RangeError(TOO_LARGE)
    if (bytes + update.length > MOST_BYTES) close()
    pieces.push(update)
    bytes += update.length
  }
  close()
  return entries
}

type Child = Y.XmlElement | Y.XmlText | Y.XmlHook

function sameChildren(target: Y.XmlFragment, source: Y.XmlFragment): void {
  let index = 0
  for (const gap of gaps(diffSequence<Child>(target.toArray(), source.toArray(), keyOf))) {
    if ('same' in gap) {
      index++
      continue
    }
    const went = [...gap.went]
    const came = [...gap.came]
    while (went.length > 0 || came.length > 0) {
      const [old, fresh] = [went[0], came[0]]
      if (old instanceof Y.XmlText && fresh instanceof Y.XmlText) sameText(old, fresh)
      else if (isElement(old) && isElement(fresh) && old.nodeName === fresh.nodeName) sameElement(old, fresh)
      else if (old) {
        target.delete(index, 1)
        went.shift()
        continue
      } else if (fresh) {
        const copy = fresh.clone()
        if (copy instanceof Y.XmlElement || copy instanceof Y.XmlText) target.insert(index, [copy])
      }
      went.shift()
      came.shift()
      index++
    }
  }
}

const isElement = (child: Child | undefined): child is Y.XmlElement => child instanceof Y.XmlElement

function sameElement(target: Y.XmlElement, source: Y.XmlElement): void {
  const [now, then] = [attributesOf(target), attributesOf(source)]
  for (const name of Object.keys(now)) if (!(name in then)) target.removeAttribute(name)
  for (const [name, value] of Object.entries(then)) {
    // An attribute may hold any JSON, as a heading's level does; Yjs' type knows of texts alone.
    if (JSON.stringify(now[name]) !== JSON.stringify(value)) target.setAttribute(name, value as string)
  }
  sameChildren(target, source)
}

type Op = { insert: unknown; attributes?: Record<string, unknown> }

/** A text by its formats. Yjs also parts it where a format ends and begins again. */
function formatted(text: Y.XmlText): Op[] {
  const ops: Op[] = []
  for (const op of text.toDelta() as Op[]) {
    const last = ops.at(-1)
    const joins = typeof op.insert === 'string' && typeof last?.insert === 'string'
    if (last && joins && stable(last.attributes) === stable(op.attributes)) last.insert += String(op.insert)
    else ops.push({ ...op })
  }
  return ops
}

/** Words, spaces and signs with their formats. */
const pieces = (text: Y.XmlText): Op[] =>
  formatted(text).flatMap(({ insert, attributes }): Op[] =>
    typeof insert === 'string'
      ? [...insert.matchAll(/[\p{L}\p{N}\p{M}'’]+|[\s\S]/gu)].map(([word]) => ({ insert: word, attributes }))
      : [{ insert, attributes }],
  )

const lengthOf = ({ insert }: Op) => (typeof insert === 'string' ? insert.length : 1)

function sameText(target: Y.XmlText, source: Y.XmlText): void {
  const steps = diffSequence(pieces(target), pieces(source), (piece) => stable(piece))
  target.applyDelta(
    steps.map((step) => {
      if (step.is === 'same') return { retain: lengthOf(step.before) }
      if (step.is === 'del') return { delete: lengthOf(step.before) }
      return { insert: step.after.insert, attributes: step.after.attributes ?? {} }
    }),
    { sanitize: false },
  )
}

function sameFields(target: Y.Map<unknown>, source: Y.Map<unknown>): void {
  const then: Record<string, unknown> = source.toJSON()
  const now: Record<string, unknown> = target.toJSON()
  for (const name of Object.keys(now)) if (!(name in then)) target.delete(name)
  for (const [name, value] of Object.entries(then)) {
    if (stable(now[name]) !== stable(value)) target.set(name, value)
  }
}

const fieldsKey = (doc: Y.Doc) => stable(doc.getMap(FIELDS_MAP).toJSON())
const attributesOf = (element: Y.XmlElement): Record<string, unknown> => element.getAttributes()

/** Says the same of two nodes that read the same. */
function keyOf(node: Child | Y.XmlFragment): string {
  if (node instanceof Y.XmlText) return stable(formatted(node))
  const own = node instanceof Y.XmlElement ? `${node.nodeName}${stable(attributesOf(node))}` : ''
  return node instanceof Y.XmlFragment ? `${own}[${node.toArray().map(keyOf).join()}]` : 'hook'
}

/** JSON with keys in one order. */
const stable = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  ) ?? ''
