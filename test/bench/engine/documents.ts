/**
 * Documents to measure: one that two people really typed, one that four have typed letter by letter, and one that is
 * simply long; and people who type on in one.
 */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import * as Y from 'yjs'
import { z } from 'zod'
import { seededRandom } from '../../harness/seeded-random'

export type Entry = { writer: number; at: number; data: Uint8Array }
export type Made = { entries: Entry[]; clients: number[]; state: Uint8Array; stateVector: Uint8Array }

const WRITERS = 4
const BEGAN = Date.parse('2026-03-02T08:00:00Z')

const trace = z.object({
  endContent: z.string(),
  txns: z.array(
    z.object({
      parents: z.array(z.number()),
      agent: z.number(),
      patches: z.array(z.tuple([z.number(), z.number(), z.string()])),
    }),
  ),
})

/** The text `t` of about 21,000 letters that two people typed at once, as one update. */
export function recorded(): Uint8Array {
  const file = new URL('../../fixtures/traces/friendsforever.json.gz', import.meta.url)
  const { txns, endContent } = trace.parse(JSON.parse(gunzipSync(readFileSync(file)).toString()))
  const updates: Uint8Array[] = []
  let nth = 0
  const docs = [1000, 1001].map((clientID) => {
    const doc = Object.assign(new Y.Doc(), { clientID })
    doc.on('update', (update: Uint8Array, by: unknown) => {
      if (by !== 'other') updates[nth] = update
    })
    return doc
  })
  /** Up to which transaction each has what the other typed. */
  const seen = docs.map(() => 0)
  for (const { parents, agent, patches } of txns) {
    const doc = docs[agent]
    if (!doc) throw new Error(`the recording has an author ${agent}`)
    const ofOther = Math.max(-1, ...parents.filter((parent) => txns[parent]?.agent !== agent))
    for (let from = seen[agent] ?? 0; from <= ofOther; from++) {
      const update = updates[from]
      if (update && txns[from]?.agent !== agent) Y.applyUpdate(doc, update, 'other')
      seen[agent] = from + 1
    }
    const text = doc.getText('t')
    doc.transact(() => {
      for (const [at, deleted, inserted] of patches) {
        text.delete(at, deleted)
        text.insert(at, inserted)
      }
    })
    nth++
  }
  const whole = new Y.Doc()
  for (const doc of docs) Y.applyUpdate(whole, Y.encodeStateAsUpdate(doc))
  if (whole.getText('t').toString() !== endContent) throw new Error('the recording came out otherwise')
  return Y.encodeStateAsUpdate(whole)
}

/** One key after the other by somebody who has opened a document: its update, and whether it added a letter. */
export type Typing = { client: number; keys: { update: Uint8Array; adds: boolean }[] }

export function typeOn(state: Uint8Array, count: number): Typing {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  const text = doc.getText('t')
  const keys: Typing['keys'] = []
  doc.on('update', (update: Uint8Array) => keys.push({ update, adds: false }))
  let place = Math.floor(Math.random() * text.length)
  while (keys.length < count) {
    const before = text.length
    place = press(text, place, Math.random)
    const key = keys.at(-1)
    if (key) key.adds = text.length > before
  }
  return { client: doc.clientID, keys }
}

/** One key: a letter, or sometimes one taken back; now and then elsewhere. Gives where it leaves the caret. */
function press(text: Y.Text, place: number, random: () => number): number {
  const at = random() < 0.02 ? Math.floor(random() * text.length) : Math.min(place, text.length)
  if (random() < 0.3 && at > 0) {
    text.delete(at - 1, 1)
    return at - 1
  }
  text.insert(at, 'etaoin shrdlu'.charAt(Math.floor(random() * 13)))
  return at + 1
}

/** Bursts of letters, corrections and jumps, by turns, three edits a second and a pause now and then. */
export function typed(edits: number): Made {
  const random = seededRandom(2026)
  const entries: Entry[] = []
  let [writer, at] = [0, BEGAN]
  const docs = Array.from({ length: WRITERS }, (_, nth) => {
    const doc = new Y.Doc()
    doc.clientID = 1_000_000_000 + nth
    doc.on('update', (data: Uint8Array, origin: unknown) => {
      if (origin !== 'log') entries.push({ writer: nth, at, data })
    })
    return doc
  })
  const seen = docs.map(() => 0)
  let place = 0
  while (entries.length < edits) {
    const doc = docs[writer]
    if (!doc) break
    for (const { data } of entries.slice(seen[writer])) Y.applyUpdate(doc, data, 'log')
    const text = doc.getText('t')
    for (let burst = 20 + Math.floor(random() * 400); burst > 0 && entries.length < edits; burst--) {
      at += 200 + random() * 300
      place = press(text, place, random)
    }
    seen[writer] = entries.length
    if (random() < 0.02) at += 3_600_000
    writer = Math.floor(random() * WRITERS)
  }
  const whole = new Y.Doc()
  whole.transact(() => {
    for (const { data } of entries) Y.applyUpdate(whole, data)
  })
  return {
    ...{ entries, clients: docs.map(({ clientID }) => clientID) },
    ...{ state: Y.encodeStateAsUpdate(whole), stateVector: Y.encodeStateVector(whole) },
  }
}

/** Paragraphs of words, as many bytes as asked. */
export function long(bytes: number): Pick<Made, 'state' | 'stateVector'> {
  const random = seededRandom(7)
  const doc = new Y.Doc()
  const text = doc.getText('t')
  doc.transact(() => {
    while (text.length < bytes) {
      const words = Array.from({ length: 150 }, () => Math.floor(random() * 36 ** 4).toString(36))
      text.insert(0, `${words.join(' ')}\n`)
    }
  })
  return { state: Y.encodeStateAsUpdate(doc), stateVector: Y.encodeStateVector(doc) }
}
