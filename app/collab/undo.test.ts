import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { REMOTE } from './origins'
import { DocumentUndo } from './undo'

function setUp() {
  const doc = new Y.Doc()
  const undo = new DocumentUndo(doc)
  const colleague = new Y.Doc()
  const sync = () => {
    Y.applyUpdate(colleague, Y.encodeStateAsUpdate(doc))
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(colleague), REMOTE)
  }
  return { doc, undo, colleague, sync }
}

describe('undo', () => {
  it('takes back one’s own last act wherever it was, and leaves the colleague’s', () => {
    const { doc, undo, colleague, sync } = setUp()
    const fields = doc.getMap('fields')
    doc.getText('summary').insert(0, 'mine ')
    fields.set('product', 'LiOH')
    fields.set('currency', 'USD')
    doc.getText('risks').insert(0, 'also mine')
    sync()
    colleague.getText('summary').insert(5, 'theirs')
    colleague.getMap('fields').set('capacity', '10')
    sync()
    const seen = () => [doc.getText('summary').toString(), doc.getText('risks').toString(), fields.toJSON()]
    undo.undo()
    expect(seen()).toEqual(['mine theirs', '', { product: 'LiOH', currency: 'USD', capacity: '10' }])
    undo.undo()
    undo.undo()
    expect(seen()).toEqual(['mine theirs', '', { capacity: '10' }])
    undo.undo()
    expect(seen()).toEqual(['theirs', '', { capacity: '10' }])
    expect(undo.canUndo()).toBe(false)
    for (let i = 0; i < 4; i++) undo.redo()
    expect(seen()).toEqual(['mine theirs', 'also mine', { product: 'LiOH', currency: 'USD', capacity: '10' }])
  })

  it('does not take back a field that a colleague has set since', () => {
    const { doc, undo, colleague, sync } = setUp()
    doc.getMap('fields').set('product', 'mine')
    sync()
    colleague.getMap('fields').set('product', 'theirs')
    sync()
    undo.undo()
    expect(doc.getMap('fields').get('product')).toBe('theirs')
  })

  it('takes fast typing in one place as one act', () => {
    const { doc, undo } = setUp()
    for (const letter of 'abc') doc.getText('t').insert(0, letter)
    undo.undo()
    expect(doc.getText('t').toString()).toBe('')
  })

  it('knows nothing of transactions that change nothing', () => {
    const { doc, undo } = setUp()
    doc.getText('t').insert(0, 'a')
    undo.undo()
    doc.transact(() => doc.getText('t').toString())
    expect([undo.canUndo(), undo.canRedo()]).toEqual([false, true])
  })

  it('outlives the editors that it was given to', () => {
    const { doc, undo } = setUp()
    undo.destroy()
    doc.getText('t').insert(0, 'a')
    expect(undo.canUndo()).toBe(true)
    undo.end()
    doc.getText('u').insert(0, 'b')
    expect(undo.undoStack).toHaveLength(1)
  })
})
