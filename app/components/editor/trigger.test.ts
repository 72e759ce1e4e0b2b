import { Node } from '@tiptap/pm/model'
import { EditorState, TextSelection } from '@tiptap/pm/state'
import { describe, expect, it } from 'vitest'
import { documentSchema } from '../../collab/schema/extensions'
import { triggerAt } from './trigger'

const schema = documentSchema()
const at = (text: string) => {
  const doc = Node.fromJSON(schema, {
    type: 'doc',
    content: [{ type: 'paragraph', content: text ? [{ type: 'text', text }] : [] }],
  })
  return EditorState.create({ doc, selection: TextSelection.create(doc, 1 + text.length) })
}

describe('a sign that opens a menu', () => {
  it('stands at a start or after a space, with what is typed behind it', () => {
    expect(triggerAt(at('/'))).toEqual({ sign: '/', query: '', from: 1, to: 2 })
    expect(triggerAt(at('See @Mrima Hi'))).toEqual({ sign: '@', query: 'Mrima Hi', from: 5, to: 14 })
    expect(triggerAt(at('(/tab'))).toMatchObject({ query: 'tab' })
  })

  it.each(['', 'and/or', 'a@b', '12/05', '/ then', '@@', 'https://x'])('%j opens none', (text) =>
    expect(triggerAt(at(text))).toBeNull(),
  )
})
