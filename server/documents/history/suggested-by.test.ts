import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { newSuggestionId, SUGGESTED_INSERT } from '../../../app/domain/suggestion'
import type { PackedLog } from '../worker-protocol'
import { suggestedBy } from './suggested-by'

type Entry = { userId: string; data: Uint8Array }

function logOf(entries: readonly Entry[], owners: PackedLog['owners']): PackedLog {
  return {
    data: Buffer.concat(entries.map(({ data }) => data)),
    lines: entries.map(({ userId, data }, index) => ({
      ...{
        seq: index + 1,
        userId,
        organizationId: `of ${userId}`,
        at: 1000 * (index + 1),
        length: data.length,
      },
    })),
    owners,
    restores: [],
  }
}

/** What a person's browser sends when it marks a word with an id. */
function marking(doc: Y.Doc, id: string): Uint8Array {
  const before = Y.encodeStateVector(doc)
  doc.getText('s').insert(0, 'word', { [`${SUGGESTED_INSERT}--AbCd1234`]: { id } })
  return Y.encodeStateAsUpdate(doc, before)
}

test('a suggestion is of the account that first wrote its id, whoever writes it later', () => {
  const [kenya, japan] = [new Y.Doc(), new Y.Doc()]
  const id = newSuggestionId(kenya.clientID, [1, 2, 3, 4, 5, 6, 7, 8])
  const entries = [
    { userId: 'kenya', data: marking(kenya, id) },
    { userId: 'japan', data: marking(japan, id) },
  ]
  const log = logOf(entries, [
    [kenya.clientID, 'kenya'],
    [japan.clientID, 'japan'],
  ])
  expect(suggestedBy({ log, ids: [id] })).toEqual([
    { id, userId: 'kenya', organizationId: 'of kenya', at: 1000 },
  ])
})

test('an id that names another’s browser stays with who wrote it', () => {
  const [kenya, japan] = [new Y.Doc(), new Y.Doc()]
  const forged = newSuggestionId(kenya.clientID, [8, 7, 6, 5, 4, 3, 2, 1])
  const log = logOf(
    [
      { userId: 'japan', data: marking(japan, forged) },
      // Kenya parts the paragraph: its browser writes the id anew.
      { userId: 'kenya', data: marking(kenya, forged) },
    ],
    [
      [kenya.clientID, 'kenya'],
      [japan.clientID, 'japan'],
    ],
  )
  expect(suggestedBy({ log, ids: [forged] })).toMatchObject([{ userId: 'japan' }])
})

test('an id that is only typed, or in no entry, is nobody’s', () => {
  const doc = new Y.Doc()
  const id = newSuggestionId(doc.clientID, [1, 1, 1, 1, 1, 1, 1, 1])
  doc.getText('s').insert(0, `suggestedInsert ${id}`)
  const log = logOf([{ userId: 'kenya', data: Y.encodeStateAsUpdate(doc) }], [[doc.clientID, 'kenya']])
  expect(suggestedBy({ log, ids: [id] })).toEqual([])
})
