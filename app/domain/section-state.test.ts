import { describe, expect, it } from 'vitest'
import { notReady, readyIn, sectionState } from './section-state'

describe('the state of a section', () => {
  it('is empty without words, and what its authors say otherwise', () => {
    expect(sectionState(0, 'ready')).toBe('empty')
    expect(sectionState(4, 'ready')).toBe('ready')
    for (const said of [undefined, null, 'draft', 'empty', { ready: true }, 1])
      expect(sectionState(4, said)).toBe('draft')
  })

  it('is read of known sections only, and a hint names what is written and not ready', () => {
    const ready = readyIn({ 'summary.state': 'ready', 'market.state': 'draft', 'other.state': 'ready' })
    expect(ready).toEqual(['summary'])
    expect(notReady({ summary: 3, market: 9, risks: 0 }, ready)).toEqual(['Market and offtake'])
  })
})
