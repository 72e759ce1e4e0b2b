/**
 * The load on either server, in a process of its own: writers who each type one key at a time into a text that was
 * really written, and for each document one of them who notes when the others' letters arrive. The same for both
 * servers but for the frames.
 */
import { readFileSync } from 'node:fs'
import { createDecoder, readVarUint } from 'lib0/decoding'
import * as Y from 'yjs'
import { typeOn } from './documents'
import { type Line, openOurs } from './our-line'
import { openTheirs } from './their-line'

export type Ask = {
  server: 'ours' | 'theirs'
  /** Of the server's nodes: connections go to them in turn. */
  ports: readonly number[]
  documents: readonly string[]
  /** A file with what every document holds, as one update. */
  state: string
} & Crowd &
  Times

export type Crowd = {
  /** On each document. */
  writers: number
  /** Of each writer. */
  editsPerSecond: number
  /** On each document, beside its writers. The last of them notes when edits arrive. */
  readers?: number
  /** Everybody shows a caret: writers with each edit, readers so often a second. */
  caretsPerSecond?: number
}

export type Times = {
  /** So fast each writer warms the server up, so that what is measured runs on compiled code as it does for days. */
  warmUpEditsPerSecond: number
  warmUpMs: number
  /** At the rate that is measured. */
  settleMs: number
  measureMs: number
}

export type Answer = {
  sent: number
  /** Letters of the measured time that arrived at the other client of their document. */
  arrived: number
  expected: number
  /** ms, of the measured time. */
  p50: number
  p95: number
  p99: number
  /** How late the generator itself sent; when this is large, it was the bottleneck. ms. */
  lateP99: number
}

const TICK_MS = 1

type Writer = {
  line: Line
  keys: { frame: Buffer; adds: boolean }[]
  next: number
  due: number
  client: number
  isNoted: boolean
}
/** How long each letter's update is, and when it was sent: performance.now(), or -1 when nobody asks. */
type Letters = { bytes: readonly number[]; sentAt: number[] }
type Span = { id: { client: number; clock: number }; length: number }
type Reader = { line: Line; due: number; client: number }

async function run(ask: Ask): Promise<Answer> {
  const measureFrom = ask.warmUpMs + ask.settleMs
  const slowly = (ask.settleMs + ask.measureMs) * ask.editsPerSecond
  const each = Math.ceil((slowly + ask.warmUpMs * ask.warmUpEditsPerSecond) / 1000) + 50
  const state = readFileSync(ask.state)
  /** Of the letters of each writer, by their clock. */
  const letters = new Map<number, Letters>()
  const latencies: number[] = []
  const late: number[] = []
  let measuring = false
  const writers: Writer[] = []
  const readers: Reader[] = []
  const open = ask.server === 'ours' ? openOurs : openTheirs
  let turn = 0
  const join = (document: string, noted: ((update: Uint8Array) => void) | null) =>
    open(ask.ports[turn++ % ask.ports.length] ?? 0, document, noted)
  const carets = ask.caretsPerSecond ?? 0

  const note = (update: Uint8Array) => {
    const now = performance.now()
    for (const { id, length } of spansOf(update, letters)) {
      const times = letters.get(id.client)?.sentAt
      for (let clock = id.clock; clock < id.clock + length; clock++) {
        const at = times?.[clock]
        if (at !== undefined && at > 0) latencies.push(now - at)
      }
    }
  }

  for (const document of ask.documents) {
    for (let nth = 0; nth < ask.writers; nth++) {
      const { client, keys: typed } = typeOn(state, each)
      letters.set(client, {
        bytes: typed.filter(({ adds }) => adds).map(({ update }) => update.length),
        sentAt: [],
      })
      // The first of a document notes what the others write, where nobody only reads.
      const notes = nth === 0 && !ask.readers
      const line = await join(document, notes ? note : null)
      const keys = typed.map(({ update, adds }) => ({ frame: line.frame(update), adds }))
      writers.push({ line, keys, next: 0, due: 0, client, isNoted: !notes })
    }
    for (let nth = 1; nth <= (ask.readers ?? 0); nth++) {
      const line = await join(document, nth === ask.readers ? note : null)
      readers.push({ line, due: 0, client: new Y.Doc().clientID })
    }
  }

  const start = performance.now()
  for (const writer of writers) writer.due = start + (Math.random() * 1000) / ask.warmUpEditsPerSecond
  for (const reader of readers) reader.due = start + (Math.random() * 1000) / carets
  let sent = 0
  let expected = 0
  let wasWarmingUp = true
  await new Promise<void>((resolve) => {
    const tick = setInterval(() => {
      const now = performance.now()
      if (!measuring && now - start >= measureFrom) {
        measuring = true
        process.send?.({ is: 'begin' })
      }
      if (now - start >= measureFrom + ask.measureMs) {
        clearInterval(tick)
        process.send?.({ is: 'end' })
        return resolve()
      }
      const isWarmingUp = now - start < ask.warmUpMs
      const every = 1000 / (isWarmingUp ? ask.warmUpEditsPerSecond : ask.editsPerSecond)
      if (wasWarmingUp && !isWarmingUp) {
        wasWarmingUp = false
        // Otherwise all would type in one moment of the longer time and rest in the others.
        for (const writer of writers) writer.due = now + Math.random() * every
      }
      for (const writer of writers) {
        while (writer.due <= now) {
          const key = writer.keys[writer.next]
          if (!key) break
          // Negative: sent before the measured time. A letter taken back adds nothing that could be noted.
          if (key.adds) {
            const isMeasured = measuring && writer.isNoted
            letters.get(writer.client)?.sentAt.push(isMeasured ? performance.now() : -1)
          }
          if (measuring) {
            sent++
            if (writer.isNoted && key.adds) expected++
            late.push(now - writer.due)
          }
          writer.line.send(key.frame)
          if (carets > 0) writer.line.caret(writer.client, writer.next)
          writer.next++
          writer.due += every
        }
      }
      if (carets === 0) return
      for (const reader of readers) {
        if (reader.due > now) continue
        reader.line.caret(reader.client, Math.floor(Math.random() * 1000))
        reader.due += 1000 / carets
      }
    }, TICK_MS)
  })
  // What is still on its way arrives.
  await new Promise((resolve) => setTimeout(resolve, 2000))
  for (const { line } of [...writers, ...readers]) line.close()
  return {
    sent,
    arrived: latencies.length,
    expected,
    p50: quantile(latencies, 0.5),
    p95: quantile(latencies, 0.95),
    p99: quantile(latencies, 0.99),
    lateP99: quantile(late, 0.99),
  }
}

/**
 * The letters that an update adds. It mostly is the very one that was sent, which is known by its first letter and its
 * length; one that the server put together of several is read whole.
 */
function spansOf(update: Uint8Array, letters: ReadonlyMap<number, Letters>): Iterable<Span> {
  const decoder = createDecoder(update)
  if (readVarUint(decoder) === 1 && readVarUint(decoder) === 1) {
    const id = { client: readVarUint(decoder), clock: readVarUint(decoder) }
    if (letters.get(id.client)?.bytes[id.clock] === update.length) return [{ id, length: 1 }]
  }
  return Y.decodeUpdate(update).structs
}

function quantile(values: number[], q: number): number {
  const sorted = values.sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN
}

process.once('message', (ask: Ask) => {
  run(ask).then(
    (answer) => {
      process.send?.({ is: 'done', answer })
      process.disconnect()
    },
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : error}\n`)
      process.exit(1)
    },
  )
})
