/** Which letters of a text carry which suggestion, by the identity that Yjs gives each letter. */
import * as Y from 'yjs'

/** A letter: the client that wrote it, and its clock there. */
export type Letter = readonly [client: number, clock: number]

export const nameOf = (client: number, clock: number): string => `${client}.${clock}`

/** The letters under one mark, by name, and what the mark holds. */
export type Marked = { value: unknown; letters: ReadonlyMap<string, Letter> }

export type TextLetters = {
  /** In the order of the text: index for index what `format` counts. */
  all: readonly Letter[]
  /** By the mark's key in the text. */
  marked: ReadonlyMap<string, Marked>
}

const isSuggestionKey = (key: string): boolean => key.startsWith('suggested')

/** Whether anything is suggested in a text: sooner known than each letter. */
export function hasSuggestions(text: Y.XmlText): boolean {
  for (let item = text._start; item !== null; item = item.right)
    if (!item.deleted && item.content instanceof Y.ContentFormat && isSuggestionKey(item.content.key))
      return true
  return false
}

/** Reads one text. */
export function lettersOf(text: Y.XmlText): TextLetters {
  const all: Letter[] = []
  const marked = new Map<string, { value: unknown; letters: Map<string, Letter> }>()
  const now = new Map<string, Map<string, Letter>>()
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted) continue
    if (item.content instanceof Y.ContentFormat) {
      const { key, value } = item.content
      if (!isSuggestionKey(key)) continue
      if (value === null) {
        now.delete(key)
        continue
      }
      const known = marked.get(key) ?? { value, letters: new Map<string, Letter>() }
      marked.set(key, known)
      now.set(key, known.letters)
    } else if (item.countable) {
      for (let at = 0; at < item.length; at++) {
        const letter: Letter = [item.id.client, item.id.clock + at]
        all.push(letter)
        if (now.size === 0) continue
        const name = nameOf(...letter)
        for (const letters of now.values()) letters.set(name, letter)
      }
    }
  }
  for (const [key, { letters }] of marked) if (letters.size === 0) marked.delete(key)
  return { all, marked }
}

/** Every text in a part of a document. */
export function* textsWithin(part: Y.XmlFragment): Generator<Y.XmlText> {
  for (const child of part.toArray()) {
    if (child instanceof Y.XmlText) yield child
    else if (child instanceof Y.XmlElement) yield* textsWithin(child)
  }
}

/** The texts that a transaction changed or brought. */
export function textsIn({ changed, beforeState }: Y.Transaction): Set<Y.XmlText> {
  const texts = new Set<Y.XmlText>()
  const isNew = ({ _item: item }: Y.XmlElement | Y.XmlText) =>
    item !== null && item.id.clock >= (beforeState.get(item.id.client) ?? 0)
  for (const type of changed.keys()) {
    if (type._item?.deleted) continue
    if (type instanceof Y.XmlText) texts.add(type)
    else if (type instanceof Y.XmlFragment)
      for (const child of type.toArray()) {
        if (child instanceof Y.XmlText && isNew(child)) texts.add(child)
        else if (child instanceof Y.XmlElement && isNew(child))
          for (const text of textsWithin(child)) texts.add(text)
      }
  }
  return texts
}
