import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { HistoryNode } from '../../../app/domain/history'
import { diffBlocks } from './text-diff'

const paragraph = (text: string, by = 0): HistoryNode => ({
  type: 'paragraph',
  ...(text ? { content: [{ type: 'text', text, by }] } : {}),
})

/** A changed text in short: [-went-] and [+came+]. */
function inShort(nodes: readonly HistoryNode[]): string {
  return nodes
    .map((node) => {
      const inner = node.text ?? `<${inShort(node.content ?? [])}>`
      return node.change ? `[${sign(node)}${inner}${sign(node)}]` : inner
    })
    .join('')
}
const sign = (node: HistoryNode) => (node.change === 'ins' ? '+' : '-')

/** One side of a difference, with runs put together again. */
function side(nodes: readonly HistoryNode[], without: 'ins' | 'del'): HistoryNode[] {
  const kept: HistoryNode[] = []
  for (const node of nodes) {
    if (node.change === without) continue
    const { change: _, by: __, movedBy: ___, content, ...rest } = node
    const children = content && side(content, without)
    const last = kept.at(-1)
    if (
      last?.text !== undefined &&
      rest.text !== undefined &&
      JSON.stringify(last.marks) === JSON.stringify(rest.marks)
    )
      last.text += rest.text
    else kept.push({ ...rest, ...(children?.length ? { content: children } : {}) })
  }
  return kept
}

describe('what differs between two texts', () => {
  test('is told by words', () => {
    const before = [paragraph('The mine opens in 2027.'), paragraph('It employs 300 people.')]
    const after = [paragraph('The mine opens in 2028.'), paragraph('It employs 300 people.')]
    expect(inShort(diffBlocks(before, after))).toBe(
      '<The mine opens in [-2027-][+2028+].><It employs 300 people.>',
    )
  })

  test('one phrase for another is one change', () => {
    const [before, after] = [
      [paragraph('It was a good old mine by the sea.')],
      [paragraph('It was the best new mine by the sea.')],
    ]
    expect(inShort(diffBlocks(before, after))).toBe(
      '<It was [-a good old-][+the best new+] mine by the sea.>',
    )
  })

  test('a paragraph that came or went is whole', () => {
    const [one, two, three] = [
      paragraph('One is here.'),
      paragraph('Something else stands here.'),
      paragraph('Three.'),
    ]
    expect(inShort(diffBlocks([one, three], [one, two, three]))).toBe(
      '<One is here.>[+<Something else stands here.>+]<Three.>',
    )
    expect(inShort(diffBlocks([one, two], [two]))).toBe('[-<One is here.>-]<Something else stands here.>')
  })

  test('is found within lists and tables', () => {
    const table = (...cells: string[]): HistoryNode[] => [
      {
        type: 'table',
        content: cells.map((cell) => ({
          type: 'tableRow',
          content: [{ type: 'tableCell', content: [paragraph(cell)] }],
        })),
      },
    ]
    expect(
      inShort(diffBlocks(table('Buyer', 'Ten tonnes a year'), table('Buyer', 'Twenty tonnes a year'))),
    ).toBe('<<<<Buyer>>><<<[-Ten-][+Twenty+] tonnes a year>>>>')
  })

  test('a word that two people wrote is one word', () => {
    const before: HistoryNode[] = [
      { type: 'paragraph', content: [{ type: 'text', text: 'Cobalt ore', by: 0 }] },
    ]
    const after: HistoryNode[] = [
      {
        type: 'paragraph',
        content: [
          { type: 'text', text: 'Cobalt o', by: 0 },
          { type: 'text', text: 're', by: 1 },
        ],
      },
    ]
    expect(diffBlocks(before, after)).toEqual(after)
  })

  test('without what went it is the later text, without what came the earlier', () => {
    const text = fc.array(fc.constantFrom('ore', 'mine', ' ', 'sea', '. ', 'a b', '東京都', '👷'), {
      maxLength: 12,
    })
    const run = fc.record({ words: text, by: fc.nat(3), bold: fc.boolean() }).map(
      ({ words, by, bold }): HistoryNode => ({
        type: 'text',
        text: words.join('') || 'x',
        ...(bold ? { marks: [{ type: 'bold' }] } : {}),
        by,
      }),
    )
    const block: fc.Arbitrary<HistoryNode> = fc.letrec<{ block: HistoryNode }>((tie) => ({
      block: fc.oneof(
        { maxDepth: 3 },
        fc.array(run, { maxLength: 4 }).map((content) => ({
          type: 'paragraph',
          ...(content.length ? { content } : {}),
        })),
        fc.constant({ type: 'horizontalRule' }),
        fc.record({
          type: fc.constantFrom('bulletList', 'listItem', 'blockquote'),
          content: fc.array(tie('block'), { minLength: 1, maxLength: 4 }),
        }),
      ),
    })).block
    fc.assert(
      fc.property(fc.array(block, { maxLength: 6 }), fc.array(block, { maxLength: 6 }), (before, after) => {
        const both = diffBlocks(before, after)
        expect(side(both, 'ins')).toEqual(side(before, 'ins'))
        expect(side(both, 'del')).toEqual(side(after, 'del'))
        const still = diffBlocks(after, after)
        expect(side(still, 'ins')).toEqual(side(still, 'del'))
      }),
      { numRuns: 300 },
    )
  })
})
