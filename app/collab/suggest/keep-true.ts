/**
 * Keeps every suggestion to the letters it was made of. What is written in this browser is claimed (`claims.ts`) in the
 * same moment; where what others wrote at once made a mark cover other letters, or lose some, it is put right.
 */
import type * as Y from 'yjs'
import { suggestionIdOf } from '../../domain/suggestion'
import { REMOTE } from '../origins'
import { type Claim, claim, claimedKeys, claimsOf, readClaims } from './claims'
import { hasSuggestions, type Letter, lettersOf, nameOf, type TextLetters, textsIn } from './letters'

/** What this file itself writes. */
const OWN = 'claims of suggestions'

/** Claims come right behind what they are of: what arrived is looked at a while later. ms. */
const WAIT_MS = 1000
/** So that not everybody puts the same right in the same moment. ms. */
const SPREAD_MS = 1000

type Marks = TextLetters['marked']
const NONE: Marks = new Map()

export class SuggestionsTrue {
  readonly #doc: Y.Doc
  readonly #mayWrite: () => boolean
  /** As they were when last looked at: texts with suggestions only. */
  readonly #seen = new Map<Y.XmlText, Marks>()
  readonly #doubtful = new Set<Y.XmlText>()
  #timer: ReturnType<typeof setTimeout> | null = null

  /** @param mayWrite whether what is wrong may be put right by this person now */
  constructor(doc: Y.Doc, mayWrite: () => boolean) {
    this.#doc = doc
    this.#mayWrite = mayWrite
    // Not sooner: what is written while a transaction ends would be sent with it, and once more by itself.
    doc.on('update', this.#look)
  }

  end(): void {
    this.#doc.off('update', this.#look)
    if (this.#timer) clearTimeout(this.#timer)
  }

  readonly #look = (_: Uint8Array, __: unknown, ___: Y.Doc, transaction: Y.Transaction): void => {
    const texts = textsIn(transaction)
    const claims: unknown = claimsOf(this.#doc)
    const isClaimed = [...transaction.changed.keys()].some((type) => type === claims)
    if (texts.size === 0 && !isClaimed) return
    const { origin } = transaction
    // Without an origin, Yjs itself takes away borders that it holds to be needless: that is nobody's wish either.
    const isForeign = origin === REMOTE || origin === null
    const read = new Map([...texts].map((text) => [text, this.#read(text)]))
    if (!isForeign && origin !== OWN) this.#claim(read)
    for (const [text, letters] of read) {
      if (letters && letters.marked.size > 0) this.#seen.set(text, letters.marked)
      else this.#seen.delete(text)
    }
    if (!isForeign) return
    for (const text of [...texts, ...(isClaimed ? this.#seen.keys() : [])]) this.#doubtful.add(text)
    this.checkSoon()
  }

  /** Null where nothing is suggested, and nothing was. */
  #read(text: Y.XmlText): TextLetters | null {
    return isThere(text) && (this.#seen.has(text) || hasSuggestions(text)) ? lettersOf(text) : null
  }

  /** Writes down what was marked here, and from what a mark was taken. */
  #claim(texts: ReadonlyMap<Y.XmlText, TextLetters | null>): void {
    const changes = new Map<string, { id: string; on: Letter[]; off: Letter[] }>()
    for (const [text, letters] of texts) {
      if (!letters) continue
      const before = this.#seen.get(text) ?? NONE
      const { all, marked: after } = letters
      const there = new Set(all.map((letter) => nameOf(...letter)))
      for (const key of new Set([...before.keys(), ...after.keys()])) {
        const [was, is] = [before.get(key), after.get(key)]
        const change = changes.get(key) ?? { id: suggestionIdOf(is?.value ?? was?.value), on: [], off: [] }
        for (const [name, letter] of is?.letters ?? []) if (!was?.letters.has(name)) change.on.push(letter)
        for (const [name, letter] of was?.letters ?? [])
          if (!is?.letters.has(name) && there.has(name)) change.off.push(letter)
        if (change.on.length > 0 || change.off.length > 0) changes.set(key, change)
      }
    }
    if (changes.size === 0) return
    const known = claimedKeys(this.#doc)
    this.#write(() => {
      for (const [key, { id, on, off }] of changes) {
        // The first to claim for one that was made before there were claims, claims all of it.
        const whole = known.has(key) ? [] : [...this.#seen.values()].map((marks) => marks.get(key))
        const older = whole.flatMap((marks) => [...(marks?.letters.values() ?? [])])
        claim(this.#doc, key, id, { on: [...older, ...on], off })
      }
    })
  }

  /** Looks at what came, in a moment, if anything is to be looked at: one may write by now, for instance. */
  checkSoon(): void {
    if (this.#timer || this.#doubtful.size === 0 || !this.#mayWrite()) return
    const wait = WAIT_MS + (this.#doc.clientID % SPREAD_MS)
    this.#timer = setTimeout(() => {
      this.#timer = null
      this.check()
    }, wait)
  }

  /**
   * Puts right what came from others, where one may. `restore`: marks that letters have lost are given back, too; not
   * while what others did may still be on its way.
   */
  check({ restore = true }: { restore?: boolean } = {}): void {
    if (this.#doubtful.size === 0 || !this.#mayWrite()) return
    const claims = readClaims(this.#doc)
    const wrong = [...this.#doubtful].flatMap((text) => wrongIn(text, claims, restore))
    if (restore) this.#doubtful.clear()
    if (wrong.length === 0) return
    this.#write(() => {
      for (const { text, index, length, key, value } of wrong) text.format(index, length, { [key]: value })
    })
  }

  #write(work: () => void): void {
    this.#doc.transact((transaction) => {
      // Undo takes back what a person did.
      transaction.meta.set('addToHistory', false)
      work()
    }, OWN)
  }
}

const isThere = ({ _item: item }: Y.XmlText): boolean => item !== null && !item.deleted

type Wrong = { text: Y.XmlText; index: number; length: number; key: string; value: object | null }

/** From the first of each client's letters to the last: what is claimed elsewhere need not be looked for here. */
function spansOf(letters: readonly Letter[]): Map<number, { from: number; to: number }> {
  const spans = new Map<number, { from: number; to: number }>()
  for (const [client, clock] of letters) {
    const span = spans.get(client)
    if (!span) spans.set(client, { from: clock, to: clock + 1 })
    else {
      span.from = Math.min(span.from, clock)
      span.to = Math.max(span.to, clock + 1)
    }
  }
  return spans
}

/** What is marked in a text and claimed by nobody, and, with `restore`, what is claimed and not marked. */
function wrongIn(text: Y.XmlText, claims: ReadonlyMap<string, Claim>, restore: boolean): Wrong[] {
  if (!isThere(text) || claims.size === 0) return []
  const { all, marked } = lettersOf(text)
  const spans = spansOf(all)
  const wrong: Wrong[] = []
  for (const [key, { value, on, off }] of claims) {
    const letters = marked.get(key)?.letters
    if (!letters && !(restore && on.meets(spans))) continue
    all.forEach((letter, index) => {
      const isMarked = letters?.has(nameOf(...letter)) ?? false
      const isClaimed = on.has(letter)
      if (isMarked === isClaimed) return
      if (isClaimed && (!restore || off.has(letter))) return
      const last = wrong.at(-1)
      const set = isClaimed ? value : null
      if (last?.key === key && last.index + last.length === index && last.value === set) last.length++
      else wrong.push({ text, index, length: 1, key, value: set })
    })
  }
  return wrong
}
