import { describe, expect, test } from 'vitest'
import { type DeskProposal, waitingFor } from './desk'
import { PROPOSAL_SECTIONS } from './proposal-template'

const full = Object.fromEntries(PROPOSAL_SECTIONS.map((section) => [section.fragment, 10]))
const proposal = (change: Partial<DeskProposal>): DeskProposal => ({
  id: 'p',
  title: 'Tungsten at Kosh',
  project: { id: 'k', title: 'Kosh' },
  state: 'draft',
  marking: 'restricted',
  lead: { name: 'Japan', iso2: 'JP' },
  level: 'own',
  invited: [],
  lastWritten: null,
  writtenByUs: true,
  words: full,
  problems: [],
  ...change,
})
const whys = (...proposals: DeskProposal[]) => waitingFor(proposals).map((one) => one.why)

describe('what waits for a delegation', () => {
  test('nothing, when its proposal is complete', () => {
    expect(whys(proposal({}))).toEqual([])
  })

  test('an invitation to write, until somebody of it has written', () => {
    expect(whys(proposal({ level: 'write', writtenByUs: false }))).toEqual(['invited_to_write'])
    expect(whys(proposal({ level: 'write', writtenByUs: true }))).toEqual([])
  })

  test('nothing it may not mend: a reader’s share, or a proposal that is submitted', () => {
    const open = { words: {}, problems: [{ field: 'capacity', problem: 'is no number' }] }
    expect(whys(proposal({ level: 'read', ...open }), proposal({ level: 'comment', ...open }))).toEqual([])
    expect(whys(proposal({ state: 'submitted', ...open }))).toEqual([])
  })

  test('the most pressing first', () => {
    expect(
      whys(
        proposal({ words: {} }),
        proposal({ problems: [{ field: 'capacity', problem: 'is no number' }] }),
        proposal({ state: 'changes_requested' }),
      ),
    ).toEqual(['changes_requested', 'unreadable_fields', 'empty_sections'])
  })

  test('empty sections are named', () => {
    expect(waitingFor([proposal({ words: { ...full, risks: 0 } })])[0]?.what).toBe('Still empty: Risks')
    expect(waitingFor([proposal({ words: {} })])[0]?.what).toBe('Nothing is written yet')
  })
})
