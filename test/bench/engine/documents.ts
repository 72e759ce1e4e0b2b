/** Documents to measure: one that four people have typed letter by letter, and one that is simply long. */
import * as Y from 'yjs'
import { seededRandom } from '../../harness/seeded-random'

export type Entry = { writer: number; at: number; data: Uint8Array }
export type Made = { entries: Entry[]; clients: number[]; state: Uint8Array; stateVector: Uint8Array }

const WRITERS = 4
const BEGAN = Date.parse('2026-03-02T08:00:00Z')

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
      if (random() < 0.02) place = Math.floor(random() * text.length)
      place = Math.min(place, text.length)
      if (random() < 0.3 && place > 0) text.delete(--place, 1)
      else text.insert(place++, 'etaoin shrdlu'.charAt(Math.floor(random() * 13)))
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
