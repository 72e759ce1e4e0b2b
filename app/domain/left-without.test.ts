import { describe, expect, test } from 'vitest'
import { leftWithout } from './left-without'

const bare = { may: [], asks: false, opensSilence: false, mayAnswer: false, questions: [] }
const open = { id: 'q1', answer: null }

describe('what was typed into a form of a case', () => {
  test.each([
    ['a move', { move: 'return', reason: 'No budget.' }, 'No budget.', { may: ['return'] }],
    ['a silence procedure', { act: 'silence', text: 'To approve.' }, 'To approve.', { opensSilence: true }],
    ['a question', { act: 'ask', text: 'How much?' }, 'How much?', { asks: true }],
    [
      'an answer',
      { act: 'answer', question: 'q1', answer: 'Ten.' },
      'Ten.',
      { mayAnswer: true, questions: [open] },
    ],
  ] as const)('%s: is told where the form is gone, and not where it stands', (_, sent, words, there) => {
    expect(leftWithout(sent, bare)).toBe(words)
    expect(leftWithout(sent, { ...bare, ...there })).toBeNull()
  })

  test('an answer to what somebody else answered meanwhile is told', () => {
    const shown = { ...bare, mayAnswer: true, questions: [{ id: 'q1', answer: 'Nine.' }] }
    expect(leftWithout({ act: 'answer', question: 'q1', answer: 'Ten.' }, shown)).toBe('Ten.')
  })

  test('blanks, and an act without words, are nothing', () => {
    expect(leftWithout({ move: 'return', reason: '  ' }, bare)).toBeNull()
    expect(leftWithout({ act: 'consent', key: 'k' }, bare)).toBeNull()
    expect(leftWithout({}, bare)).toBeNull()
  })
})
