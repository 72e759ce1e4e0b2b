import { describe, expect, it } from 'vitest'
import type { Present } from '../../collab/document-types'
import { initials, once } from './people'

const present = (of: Partial<Present>): Present => ({
  presence: 'p',
  userId: 'u',
  name: 'Wanjiru Mwangi',
  organization: 'Kenya',
  partnerIso2: 'KE',
  access: 'write',
  color: '#2f6fd6',
  self: false,
  fragment: null,
  ...of,
})

describe('who is here', () => {
  it('somebody with two tabs stands once, where they write', () => {
    const people = once([
      present({ presence: 'a', userId: 'me', self: true }),
      present({ presence: 'b', fragment: 'risks' }),
      present({ presence: 'c' }),
      present({ presence: 'd', userId: 'me', fragment: 'esg' }),
    ])
    expect(people.map(({ userId, self, fragment }) => [userId, self, fragment])).toEqual([
      ['u', false, 'risks'],
      ['me', true, 'esg'],
    ])
  })

  it.each([
    ['Wanjiru Mwangi', 'WM'],
    ['Hiroshi', 'H'],
    ['Marie-Claire de la Tour', 'MT'],
    ['Émile Ōe', 'ÉŌ'],
    ['', ''],
  ])('initials of %s', (name, letters) => expect(initials(name)).toBe(letters))
})
