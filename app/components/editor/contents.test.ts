import { Node } from '@tiptap/pm/model'
import { describe, expect, it } from 'vitest'
import { documentSchema } from '../../collab/schema/extensions'
import { countWords } from '../../domain/words'
import { contentsOf, firstNotesOf, sameContents } from './contents'

const schema = documentSchema()
const text = (words: string) => (words ? [{ type: 'text', text: words }] : [])
const document = (...headings: string[]) =>
  Node.fromJSON(schema, {
    type: 'doc',
    content: headings.flatMap((heading) => [
      { type: 'heading', attrs: { level: 2 }, content: text(heading) },
      { type: 'paragraph', content: text('Two words') },
    ]),
  })

describe('what is in a section', () => {
  it('counts words, also across blocks and in scripts without spaces', () => {
    expect(countWords('12 500 t of contained metal')).toBe(6)
    expect(countWords('重要鉱物の供給')).toBeGreaterThan(1)
    expect(countWords('  …  ')).toBe(0)
    expect(contentsOf(document('Buyers')).words).toBe(3)
  })

  it('lists headings that say something, with their places', () => {
    const { headings } = contentsOf(document('Buyers', '', 'Prices'))
    expect(headings.map((heading) => heading.text)).toEqual(['Buyers', 'Prices'])
    for (const { pos } of headings)
      expect(document('Buyers', '', 'Prices').nodeAt(pos)?.type.name).toBe('heading')
  })

  it('tells whether anything of it changed', () => {
    const now = contentsOf(document('Buyers'))
    expect(sameContents(now, contentsOf(document('Buyers')))).toBe(true)
    expect(sameContents(now, contentsOf(document('Buyer')))).toBe(false)
    expect(sameContents(undefined, now)).toBe(false)
  })

  it('counts footnotes through the document, also over sections that are not read yet', () => {
    const notes = (count: number) => ({
      ...{ words: 0, headings: [] },
      notes: Array.from({ length: count }, (_, pos) => ({ text: 'a source', pos })),
    })
    const sections = ['one', 'two', 'three', 'four'].map((fragment) => ({ fragment }))
    expect(firstNotesOf(sections, { one: notes(2), three: notes(1) })).toEqual({
      ...{ one: 1, two: 3, three: 3, four: 4 },
    })
  })
})
