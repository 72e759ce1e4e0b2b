import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { readCaret } from './carets'

const at = (anchor: unknown, head: unknown = anchor, fragment = 'summary') => ({ fragment, anchor, head })

describe('a caret from the wire', () => {
  it('is read when it is a position in its fragment', () => {
    const doc = new Y.Doc()
    const fragment = doc.getXmlFragment('summary')
    fragment.insert(0, [new Y.XmlText('text')])
    const text = fragment.get(0)
    for (const position of [
      Y.createRelativePositionFromTypeIndex(fragment, 0),
      Y.createRelativePositionFromTypeIndex(fragment, 1),
      Y.createRelativePositionFromTypeIndex(text instanceof Y.XmlText ? text : fragment, 2),
    ]) {
      const sent: unknown = JSON.parse(JSON.stringify(position))
      expect(Y.compareRelativePositions(Object(readCaret(at(sent))?.anchor), position)).toBe(true)
    }
  })

  it.each([
    ['nothing', null],
    ['text', 'x'],
    ['no place', {}],
    ['another fragment', { tname: 'risks' }],
    ['an id that is none', { item: { client: 1 } }],
    ['a negative clock', { item: { client: 1, clock: -1 } }],
    ['half a clock', { type: { client: 1, clock: 0.5 } }],
    ['a side that is none', { tname: 'summary', assoc: 'left' }],
  ])('is none when it holds %s', (_, position) => {
    expect(readCaret(at(position))).toBeNull()
    expect(readCaret(at({ tname: 'summary' }, position))).toBeNull()
  })
})
