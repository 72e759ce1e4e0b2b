import { Node } from '@tiptap/pm/model'
import { describe, expect, it } from 'vitest'
import { documentSchema } from '../../collab/schema/extensions'
import { countWords } from '../../domain/words'
import { contentsOf, sameContents } from './contents'

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
})
