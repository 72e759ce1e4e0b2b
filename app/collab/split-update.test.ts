import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { readUpdate } from '../../server/channels/core/read-update'
import { splitUpdate } from './split-update'

const MAX = 1024 * 1024

function lastUpdate(change: (doc: Y.Doc) => void, before: (doc: Y.Doc) => void = () => {}) {
  const doc = new Y.Doc()
  before(doc)
  const base = Y.encodeStateAsUpdate(doc)
  let update: Uint8Array = new Uint8Array()
  doc.on('update', (made: Uint8Array) => {
    update = made
  })
  doc.transact(() => change(doc))
  return { doc, base, update }
}

function together(base: Uint8Array, pieces: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc()
  for (const piece of [base, ...pieces]) {
    Y.applyUpdate(doc, piece)
    expect(doc.store.pendingStructs).toBeNull()
  }
  return doc
}

describe('a large update', () => {
  it('divides at the text, between the halves of no character', () => {
    const long = `x${'\u{1F600}'.repeat(700_000)}`
    const { doc, base, update } = lastUpdate(
      (doc) => {
        doc.getText('t').delete(1, 3)
        doc.getText('t').insert(2, long)
      },
      (doc) => doc.getText('t').insert(0, 'before'),
    )
    const pieces = splitUpdate(update, MAX)
    expect(pieces?.length).toBeGreaterThan(2)
    for (const piece of pieces ?? []) {
      expect(piece.length).toBeLessThanOrEqual(MAX)
      expect(readUpdate(piece).ok).toBe(true)
    }
    expect(
      together(base, pieces ?? [])
        .getText('t')
        .toString() === doc.getText('t').toString(),
    ).toBe(true)
  })

  it('divides between the paragraphs of a paste', () => {
    const { doc, base, update } = lastUpdate((doc) => {
      const paragraphs = Array.from({ length: 3000 }, (_, i) => {
        const paragraph = new Y.XmlElement('paragraph')
        paragraph.setAttribute('n', `${i}`)
        paragraph.insert(0, [new Y.XmlText(`${i} `.repeat(200))])
        return paragraph
      })
      doc.getXmlFragment('body').insert(0, paragraphs)
    })
    const pieces = splitUpdate(update, MAX)
    expect(pieces?.length).toBeGreaterThan(1)
    expect(
      together(base, pieces ?? [])
        .getXmlFragment('body')
        .toString(),
    ).toBe(doc.getXmlFragment('body').toString())
  })

  it('is given up when one value alone is larger', () => {
    const { update } = lastUpdate((doc) => doc.getMap('fields').set('image', 'x'.repeat(MAX + 1)))
    expect(splitUpdate(update, MAX)).toBeNull()
  })
})
