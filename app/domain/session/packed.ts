/**
 * A session's folded state as bytes: what somebody who comes gets, and the events after it.
 *
 * JSON, in which every text that comes again (ids of delegations in each vote, names of parts) stands once in a list on
 * the first line, and its place in the list, between two control characters, stands for it. JSON writes control
 * characters as escapes, so nothing that people type can be taken for one.
 */
import { EMPTY_SESSION, type SessionState } from './model'

const TEXT = /"(?:[^"\\]|\\.)*"/g
/** With its quotes: a shorter one is not longer than its place. */
const SHORTEST = 7
const [FROM, TO] = ['\u0001', '\u0002']
const PLACE = new RegExp(`${FROM}([0-9a-z]+)${TO}`, 'g')

export function packState(state: SessionState): Uint8Array {
  const json = JSON.stringify(state)
  const seen = new Map<string, number>()
  for (const [text] of json.matchAll(TEXT))
    if (text.length >= SHORTEST) seen.set(text, (seen.get(text) ?? 0) + 1)
  const again = [...seen].filter(([, times]) => times > 1).sort(([, a], [, b]) => b - a)
  const places = new Map(again.map(([text], nth) => [text, `${FROM}${nth.toString(36)}${TO}`]))
  const body = json.replace(TEXT, (text) => places.get(text) ?? text)
  return new TextEncoder().encode(`[${[...places.keys()].join()}]\n${body}`)
}

/** What `packState` made, by this version or an earlier one: parts that it did not know are empty. */
export function unpackState(data: Uint8Array): SessionState {
  const text = new TextDecoder().decode(data)
  const end = text.indexOf('\n')
  // The first version wrote plain JSON, in one line.
  const list: string[] = end < 0 ? [] : JSON.parse(text.slice(0, end))
  const body = text
    .slice(end + 1)
    .replace(PLACE, (_, at) => JSON.stringify(list[Number.parseInt(at, 36)] ?? ''))
  const read: Partial<SessionState> = JSON.parse(body)
  return { ...EMPTY_SESSION, ...read }
}
