import { describe, expect, test } from 'vitest'
import type { EventBody } from './events'
import { foldAll } from './fold'
import { agendaTexts, decidedBy, focusOf, motionTitle, ownHand, shownByChair } from './hall'
import { EMPTY_SESSION, type SessionState } from './model'

const by = { userId: 'u', name: 'Somebody', delegationId: 'ke' }
const item = (itemId: string, ...documents: string[]): EventBody => ({
  ...{ is: 'item_added', itemId, title: itemId, minutes: null, proposalId: null },
  documents: documents.map((id) => ({ id, title: id })),
})
const motion = (motionId: string, amends: string | null = null, itemId = 'one'): EventBody => ({
  ...{ is: 'motion_proposed', motionId, itemId, amends, title: motionId, text: 'thanks them', distance: 1 },
  ...{ passage: amends && 'thanks', proposalId: null, outcome: null, approves: null },
})
const seconded = (motionId: string): EventBody => ({ is: 'motion_seconded', motionId, delegationId: 'jp' })
const asked = (motionId: string): EventBody => ({ is: 'consensus_asked', motionId })
const adopted = (motionId: string): EventBody => ({ is: 'adopted', motionId, how: 'consensus', number: null })
const closed = (motionId: string, result: { adopted: boolean; void?: string }): EventBody => ({
  ...{ is: 'vote_closed', motionId, counts: { yes: 0, no: 2, abstain: 0 }, arithmetic: '', roll: {} },
  ...{ ballots: null, adopted: result.adopted, void: result.void ?? null },
})

let now = 0
const after = (bodies: readonly EventBody[], from: SessionState = EMPTY_SESSION): SessionState =>
  foldAll(
    bodies.map((body) => ({ at: ++now, by, body })),
    from,
  )
const focus = (...bodies: EventBody[]) => {
  const found = focusOf(after([item('one'), item('two'), { is: 'item_opened', itemId: 'one' }, ...bodies]))
  const next = found.is === 'result' ? found.next : null
  return [found.is, 'motion' in found ? found.motion.id : null, next?.id ?? null]
}

describe('what the group has before it', () => {
  test('nothing, then a motion, then what is being decided', () => {
    expect(focus()).toEqual(['nothing', null, null])
    expect(focus(motion('m'))).toEqual(['motion', 'm', null])
    expect(focus(motion('m'), seconded('m'), asked('m'))).toEqual(['deciding', 'm', null])
  })

  test('a result stays until another motion comes', () => {
    const voted = [motion('m'), seconded('m'), closed('m', { adopted: false })]
    expect(focus(...voted)).toEqual(['result', 'm', null])
    expect(focus(...voted, motion('n'))).toEqual(['motion', 'n', null])
  })

  test('an amendment’s result stands above the motion that goes on', () => {
    expect(focus(motion('m'), seconded('m'), motion('a', 'm'), seconded('a'), adopted('a'))).toEqual([
      'result',
      'a',
      'm',
    ])
  })

  test('a void ballot is told, and the motion is not shown twice', () => {
    expect(focus(motion('m'), seconded('m'), closed('m', { adopted: false, void: 'Too few.' }))).toEqual([
      'result',
      'm',
      null,
    ])
  })

  test('between two items the last result stays; another item begins afresh', () => {
    const ended: EventBody[] = [
      motion('m'),
      seconded('m'),
      adopted('m'),
      { is: 'item_closed', itemId: 'one' },
    ]
    expect(focus(...ended)).toEqual(['result', 'm', null])
    expect(focus(...ended, { is: 'item_opened', itemId: 'two' })).toEqual(['nothing', null, null])
  })
})

test('a hand is down, raised in its place, or has the floor', () => {
  const raised = (handId: string, delegationId: string): EventBody => ({
    ...{ is: 'hand_raised', handId, delegationId, kind: 'statement', side: null },
  })
  const state = after([{ is: 'queue_opened' }, raised('h1', 'jp'), raised('h2', 'ke')])
  expect(ownHand(state, 'ke')).toMatchObject({ is: 'raised', place: 2 })
  expect(ownHand(state, 'us')).toEqual({ is: 'down', open: true })
  expect(ownHand(state, null)).toEqual({ is: 'down', open: true })
  const given = after([{ is: 'floor_given', handId: 'h1', limit: null, anyway: false }], state)
  expect(ownHand(given, 'jp')).toEqual({ is: 'speaking' })
  expect(ownHand(given, 'ke')).toMatchObject({ is: 'raised', place: 1 })
})

test('the documents of the open item come first, each once; what is off the agenda is not shown', () => {
  const state = after([
    ...[item('one', 'a', 'b'), item('two', 'c', 'b')],
    ...[
      { is: 'item_opened', itemId: 'two' } as const,
      { is: 'pointed', documentId: 'b', place: null } as const,
    ],
  ])
  expect(agendaTexts(state).map(({ id }) => id)).toEqual(['c', 'b', 'a'])
  expect(shownByChair(state)?.id).toBe('b')
  const gone = after([{ is: 'pointed', documentId: 'x', place: null }], state)
  expect(shownByChair(gone)).toBe(null)
})

test('a motion is called by its title, an amendment by whose it is and to what', () => {
  const state = after([item('one'), motion('m'), motion('a', 'm')])
  const [whole, part] = state.motions
  if (!whole || !part) throw new Error('two motions were proposed')
  expect(motionTitle(state, whole)).toBe('m')
  expect(motionTitle(state, part)).toBe('Amendment of A delegation to “m”')
  expect(decidedBy(whole)).toBe('Consensus')
})
