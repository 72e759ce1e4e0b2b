import { describe, expect, it } from 'vitest'
import { matching, moveTo } from './choices'

const minerals = [
  { id: 'cobalt', name: 'Cobalt' },
  { id: 'copper', name: 'Copper' },
  { id: 'aluminum', name: 'Aluminum (bauxite, alumina)' },
  { id: 'niobium', name: 'Niobium' },
]

describe('choosing from a long list', () => {
  it('finds by any part of the name, beginnings first', () => {
    expect(matching(minerals, ' CO ').map(({ id }) => id)).toEqual(['cobalt', 'copper'])
    expect(matching(minerals, 'n').map(({ id }) => id)).toEqual(['niobium', 'aluminum'])
    expect(matching(minerals, '')).toHaveLength(4)
    expect(matching(minerals, 'gold')).toEqual([])
  })

  it('moves round the ends, and by pages to them', () => {
    expect(moveTo('ArrowDown', 3, 4)).toBe(0)
    expect(moveTo('ArrowUp', 0, 4)).toBe(3)
    expect(moveTo('PageDown', 1, 4)).toBe(3)
    expect(moveTo('a', 1, 4)).toBeNull()
    expect(moveTo('ArrowDown', 0, 0)).toBeNull()
  })
})
