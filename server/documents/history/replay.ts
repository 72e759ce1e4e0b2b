/** Plays a document's log from its first entry: who wrote when, and at chosen moments the document with its authors. */
import * as Y from 'yjs'
import type { Sitting } from '../../../app/domain/history'
import { Authorship } from './authorship'
import { movedPieces } from './moved-text'
import { addWordsBetween, cameAndWent, type WordSums } from './words-between'

/** An entry of the log, or several of one author that were merged. */
export type LogLine = {
  /** The last one's, where several were merged; `from` is the first one's. */
  seq: number
  from?: number
  userId: string
  organizationId: string
  /** The first one's instant; `until` is the last one's. ms. */
  at: number
  until?: number
  data: Uint8Array
  /** The version that the entry brings back, where it does. */
  restored?: number
  /** What was found to be only moved when it was merged: single entries tell, merged ones do not. */
  moves?: readonly Move[]
}

/** Characters that stand where they are because somebody moved them: what they were before. */
export type Move = Place & { length: number; old: Place }

/** A pause that ends a sitting, and the longest one. ms. */
const PAUSE = 5 * 60_000
const LONGEST = 30 * 60_000

export type ReplayInput = {
  /** The whole log, in order. */
  lines: readonly LogLine[]
  /** To whom the portal bound each Yjs client id. */
  owners: ReadonlyMap<number, string>
}

/**
 * @param moments seqs at which `atMoment` is shown the document; 0 is before the first entry
 * @param onMoves is told what each line moved, as far as it did
 */
export function replay(
  { lines, owners }: ReplayInput,
  moments: ReadonlySet<number>,
  atMoment: (seq: number, doc: Y.Doc, authorship: Authorship) => void,
  onMoves: (line: LogLine, moves: readonly Move[]) => void = () => {},
): Sitting[] {
  const doc = new Y.Doc({ gc: false })
  const authorship = new Authorship()
  const sittings = new Sittings()
  const texts = new TouchedTexts()
  let now = -1
  let current: LogLine | undefined
  doc.on('afterTransaction', (transaction: Y.Transaction) => {
    const sitting = sittings.all[now]
    for (const [client, end] of transaction.afterState) {
      const start = transaction.beforeState.get(client) ?? 0
      if (end === start) continue
      authorship.write(client, start, end, now)
      if (sitting && owners.get(client) !== sitting.userId) sitting.verified = false
    }
    const changed = changedText(transaction)
    for (const text of changed.texts) texts.touch(text)
    const moves = current?.moves ?? findMoves(transaction, changed, sitting?.restored != null)
    for (const { client, clock, length, old } of moves) {
      keepAuthors(authorship, { client, clock, length, old }, (by) =>
        sittings.all[by]?.userId === sitting?.userId ? undefined : now,
      )
    }
    if (current && moves.length > 0) onMoves(current, moves)
  })
  if (moments.has(0)) atMoment(0, doc, authorship)
  let reached = 0
  lines.forEach((line, nth) => {
    const sitting = sittings.take(line)
    if (sitting !== now && now >= 0) texts.settle(sittings.words(now))
    now = sitting
    current = line
    Y.applyUpdate(doc, line.data)
    reached = Math.max(reached, line.seq)
    // Merged lines of two authors may overlap: a moment is there when nothing before it is still to come.
    const next = lines[nth + 1]
    if (moments.has(reached) && (!next || firstOf(next) > reached)) atMoment(reached, doc, authorship)
  })
  if (now >= 0) texts.settle(sittings.words(now))
  doc.destroy()
  return sittings.counted()
}

const firstOf = ({ from, seq }: LogLine): number => from ?? seq

/** Characters stay with who wrote what they were before. */
function keepAuthors(
  authorship: Authorship,
  { client, clock, length, old }: Move,
  mover: (by: number) => number | undefined,
): void {
  for (let done = 0; done < length; ) {
    const { by, end } = authorship.of(old.client, old.clock + done)
    const count = Math.min(length - done, end - old.clock - done)
    authorship.move(client, clock + done, clock + done + count, by, mover(by))
    done += count
  }
}

/** The seqs at which somebody stopped, in order: the moments that a time line offers. */
export function momentsOf(lines: readonly LogLine[]): number[] {
  const sittings = new Sittings()
  for (const line of lines) sittings.take(line)
  return sittings.all.map((sitting) => sitting.to).sort((a, b) => a - b)
}

class Sittings {
  readonly all: Sitting[] = []
  readonly #sums: WordSums[] = []
  /** The last one of each account, by account and delegation. */
  readonly #last = new Map<string, number>()

  /** The sitting that an entry belongs to. Two people who write at once have one each. */
  take({ seq, userId, organizationId, at, ...line }: Omit<LogLine, 'data'>): number {
    const { from = seq, until = at } = line
    const restored = line.restored ?? null
    const key = `${userId} ${organizationId}`
    const index = this.#last.get(key)
    const last = index === undefined ? undefined : this.all[index]
    // What was there before a version was brought back, and what after, must be moments of their own.
    const together = last?.restored === restored && (restored === null || last.to === from - 1)
    if (last && together && at - Date.parse(last.ended) < PAUSE && at - Date.parse(last.began) < LONGEST) {
      last.to = seq
      last.ended = new Date(until).toISOString()
      return index ?? 0
    }
    const span = { from, to: seq, began: new Date(at).toISOString(), ended: new Date(until).toISOString() }
    const sitting = { userId, organizationId, ...span, came: 0, went: 0, verified: true, restored }
    const fresh = this.all.push(sitting) - 1
    this.#sums.push(new Map())
    this.#last.set(key, fresh)
    return fresh
  }

  words(sitting: number): WordSums {
    return this.#sums[sitting] ?? new Map()
  }

  counted(): Sitting[] {
    return this.all.map((sitting, index) => ({ ...sitting, ...cameAndWent(this.words(index)) }))
  }
}

/** Texts that changed since they were last read, so that only those are read again. */
class TouchedTexts {
  readonly #known = new Map<Y.XmlText, string>()
  readonly #touched = new Set<Y.XmlText>()

  touch(text: Y.XmlText): void {
    this.#touched.add(text)
  }

  /** Adds the words that came and went to the sums of who wrote meanwhile. */
  settle(sums: WordSums): void {
    for (const text of this.#touched) {
      const after = stringOf(text)
      addWordsBetween(sums, this.#known.get(text) ?? '', after)
      if (after === '') this.#known.delete(text)
      else this.#known.set(text, after)
    }
    this.#touched.clear()
  }
}

function stringOf(text: Y.XmlText): string {
  let all = ''
  for (let item = text._start; item; item = item.right) {
    if (!item.deleted && item.content instanceof Y.ContentString) all += item.content.str
  }
  return all
}

/** A character's Yjs id. */
type Place = { client: number; clock: number }
/** Characters of one Yjs text, one after the other, and where in it each item begins. */
type Run = { text: string; at: (Place & { from: number })[] }

function append(runs: Map<Y.XmlText, Run>, { item, content, parent }: TextItem): void {
  const run = runs.get(parent) ?? { text: '', at: [] }
  runs.set(parent, run)
  run.at.push({ client: item.id.client, clock: item.id.clock, from: run.text.length })
  run.text += content.str
}

type Changed = { texts: Set<Y.XmlText>; went: Map<Y.XmlText, Run>; came: Map<Y.XmlText, Run> }

/** The text that a transaction took away, and what it added and left. */
function changedText(transaction: Y.Transaction): Changed {
  const [went, came] = [new Map<Y.XmlText, Run>(), new Map<Y.XmlText, Run>()]
  const texts = new Set<Y.XmlText>()
  Y.iterateDeletedStructs(transaction, transaction.deleteSet, (item) => {
    const text = textItem(item)
    if (!text) return
    texts.add(text.parent)
    if (text.item.id.clock < (transaction.beforeState.get(text.item.id.client) ?? 0)) append(went, text)
  })
  for (const [client, end] of transaction.afterState) {
    const start = transaction.beforeState.get(client) ?? 0
    const structs = transaction.doc.store.clients.get(client)
    if (end === start || !structs) continue
    for (let index = Y.findIndexSS(structs, start); index < structs.length; index++) {
      const struct = structs[index]
      const text = struct && textItem(struct)
      if (!text) continue
      texts.add(text.parent)
      if (!text.item.deleted) append(came, text)
    }
  }
  return { texts, went, came }
}

/**
 * Parting or joining paragraphs takes text away and writes it anew elsewhere, in one entry; a version brought back writes
 * anew what once went. Those characters stay with who wrote them, and it is noted who put them there.
 */
function findMoves(transaction: Y.Transaction, { went, came }: Changed, restores: boolean): Move[] {
  const gone = restores ? everythingDeleted(transaction.doc.store) : []
  const moves = [...came].flatMap(([text, run]) => {
    if (restores) return movesInto(run, gone)
    // What goes and comes in the same place was written anew.
    const sources = [...went].filter(([source]) => source !== text).map(([, source]) => source)
    return movesInto(run, sources)
  })
  moves.sort((a, b) => a.client - b.client || a.clock - b.clock)
  return moves.reduce<Move[]>((all, { client, clock, old }) => {
    const last = all.at(-1)
    const goesOn =
      last?.client === client &&
      last.clock + last.length === clock &&
      last.old.client === old.client &&
      last.old.clock + last.length === old.clock
    if (goesOn) last.length++
    else all.push({ client, clock, length: 1, old })
    return all
  }, [])
}

/** All text that ever went, by the text that it stood in: what a version brought back is taken from. */
function everythingDeleted(store: Y.Doc['store']): Run[] {
  const parents = new Set<Y.XmlText>()
  for (const structs of store.clients.values()) {
    for (const struct of structs) if (struct.deleted) addParent(parents, struct)
  }
  const runs = new Map<Y.XmlText, Run>()
  for (const parent of parents) {
    for (let item = parent._start; item; item = item.right) {
      const text = item.deleted ? textItem(item) : null
      if (text) append(runs, text)
    }
  }
  return [...runs.values()]
}

function addParent(parents: Set<Y.XmlText>, struct: { id: Y.ID }): void {
  const text = textItem(struct)
  if (text) parents.add(text.parent)
}

/** The characters of a run that came from elsewhere, with what they were there: from the text that most came from. */
function movesInto(run: Run, sources: readonly Run[]): (Place & { old: Place })[] {
  let best: (Place & { old: Place })[] = []
  for (const source of sources) {
    const found = movedPieces(source.text, run.text).flatMap(({ from, to, length }) =>
      Array.from({ length }, (_, i) => ({ ...idAt(run, to + i), old: idAt(source, from + i) })),
    )
    if (found.length > best.length) best = found
  }
  return best
}

type TextItem = { item: Y.Item; content: Y.ContentString; parent: Y.XmlText }

function textItem(struct: { id: Y.ID }): TextItem | null {
  if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) return null
  if (!(struct.parent instanceof Y.XmlText)) return null
  return { item: struct, content: struct.content, parent: struct.parent }
}

/** The Yjs id of the character at a place of a run. */
function idAt({ at }: Run, place: number): Place {
  let [low, high] = [0, at.length]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((at[middle]?.from ?? 0) <= place) low = middle
    else high = middle
  }
  const item = at[low]
  if (!item) throw new Error('a place outside its run')
  return { client: item.client, clock: item.clock + place - item.from }
}
