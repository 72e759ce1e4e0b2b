import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { GroupRole } from '../groups'
import { ACT_NEEDS, type ActName, SESSION_RIGHTS, type SessionAct, sessionAct } from './acts'
import { amended, distanceOf } from './amendment'
import { decide, lackOf } from './decide'
import type { Who } from './decide-types'
import { decodeEvent, type EventBody, encodeEvent, type SessionEvent } from './events'
import { fold, foldAll } from './fold'
import { minutesOf } from './minutes'
import {
  BASES,
  CHOICES,
  type Choice,
  EMPTY_SESSION,
  HAND_KINDS,
  MAJORITIES,
  METHODS,
  SESSION_STATUSES,
  type SessionState,
  type SessionStatus,
} from './model'
import { packState, unpackState } from './packed'
import { hasQuorum, presentIds } from './present'
import { waitsFor } from './speakers'
import { neededOf, verdictOf } from './verdict'

const SEATS: Record<string, GroupRole> = {
  jp: 'chair',
  kr: 'vice_chair',
  ke: 'member',
  us: 'member',
  au: 'member',
  cd: 'observer',
}
const RULES = { ...EMPTY_SESSION.rules, quorum: 3, proxies: 1, speechSeconds: 120 }

/** Rights as `session-rights.ts` gives them, for heads; the server's are held to it by its own tests. */
function person(delegationId: string | null, state: SessionState): Who {
  const seat = delegationId === null ? null : SEATS[delegationId]
  const decides = seat !== undefined && seat !== null && seat !== 'observer'
  const secretary = delegationId === null
  return {
    ...{ userId: `head of ${delegationId}`, name: `Head of ${delegationId}`, delegationId },
    may: {
      attend: true,
      ...{ speak: decides, propose: decides, vote: decides },
      preside: seat === 'chair' || seat === 'vice_chair',
      run: secretary || (decides && (state.presiding ?? 'jp') === delegationId),
    },
  }
}

/** A session as a test goes through it: the server's clock moves on, choices are kept where the server keeps them. */
class Meeting {
  state: SessionState = EMPTY_SESSION
  readonly events: SessionEvent[] = []
  now = 1_000_000
  #ids = 0
  readonly roll: Record<string, Record<string, Choice>> = {}
  ballots: Record<string, { receipt: string; choice: Choice }[]> = {}

  constructor() {
    this.happen(
      { is: 'prepared', rules: RULES },
      {
        is: 'seated',
        delegations: Object.entries(SEATS).map(([id, seat]) => ({
          id,
          name: id.toUpperCase(),
          iso2: null,
          seat,
        })),
      },
    )
  }

  happen(...bodies: EventBody[]) {
    for (const body of bodies) {
      const event = { at: this.now, by: { userId: 'portal', name: 'The portal', delegationId: null }, body }
      this.events.push(event)
      this.state = fold(this.state, event)
    }
  }

  /** The events of an act; the reason where it is refused. */
  act(by: string | null, act: SessionAct): EventBody[] | string {
    const who = person(by, this.state)
    const motionId = 'motionId' in act ? act.motionId : ''
    const decision = decide(this.state, act, who, {
      now: this.now,
      newId: () => `id-${++this.#ids}`,
      roll: this.roll[motionId] ?? {},
      ballots: this.ballots[motionId] ?? [],
      deadline: this.now + 1,
      document: act.act === 'attach_document' ? { id: act.documentId, title: 'A document' } : null,
    })
    if (!decision.ok) return decision.why
    for (const body of decision.events) {
      const event = { at: this.now, by: { userId: who.userId, name: who.name, delegationId: by }, body }
      this.events.push(event)
      this.state = fold(this.state, event)
      if (body.is === 'voted' && act.act === 'vote')
        this.roll[motionId] = { ...this.roll[motionId], [body.delegationId]: act.choice }
      if (body.is === 'paper_taken') {
        const papers = this.ballots[motionId] ?? []
        const receipt = `${body.delegationId.charCodeAt(1) % 7}${papers.length}`
        this.ballots[motionId] = [...papers, { receipt, choice: CHOICES[papers.length % 3] ?? 'yes' }]
      }
      if (body.is === 'vote_cancelled' || body.is === 'vote_closed') {
        delete this.roll[motionId]
        delete this.ballots[motionId]
      }
    }
    return decision.events
  }

  /** In session, with these in the room and an item open. */
  static open(here: readonly string[] = ['jp', 'kr', 'ke', 'us']): Meeting {
    const meeting = new Meeting()
    meeting.act(null, {
      act: 'add_item',
      title: 'An item',
      minutes: null,
      proposalId: null,
      followUpId: null,
    })
    meeting.act(null, { act: 'announce' })
    for (const id of here) meeting.act(id, { act: 'enter' })
    meeting.act('jp', { act: 'open' })
    meeting.act('jp', { act: 'open_item', itemId: meeting.state.items[0]?.id ?? '' })
    return meeting
  }

  motion(text = 'The group endorses the refinery at Kwale.'): string {
    this.act('ke', {
      act: 'propose',
      title: 'A motion',
      text,
      proposalId: null,
      outcome: null,
      approves: null,
    })
    const id = this.state.motions.at(-1)?.id ?? ''
    this.act('us', { act: 'second', motionId: id })
    return id
  }

  amendment(motionId: string, passage: string, text: string): string {
    this.act('us', { act: 'amend', motionId, passage, text })
    const id = this.state.motions.at(-1)?.id ?? ''
    this.act('kr', { act: 'second', motionId: id })
    return id
  }
}

describe('the states of a session', () => {
  const ACTS = [
    ...(['announce', 'open', 'suspend', 'resume', 'close', 'draft_minutes', 'correct_minutes'] as const),
  ]
  /** Where each act leads; null: refused. */
  const TABLE: Record<SessionStatus, Record<(typeof ACTS)[number], SessionStatus | null>> = {
    draft: {
      announce: 'announced',
      open: null,
      suspend: null,
      resume: null,
      close: null,
      draft_minutes: null,
      correct_minutes: null,
    },
    announced: {
      announce: null,
      open: 'open',
      suspend: null,
      resume: null,
      close: null,
      draft_minutes: null,
      correct_minutes: null,
    },
    open: {
      announce: null,
      open: null,
      suspend: 'suspended',
      resume: null,
      close: 'closed',
      draft_minutes: null,
      correct_minutes: null,
    },
    suspended: {
      announce: null,
      open: null,
      suspend: null,
      resume: 'open',
      close: 'closed',
      draft_minutes: null,
      correct_minutes: null,
    },
    closed: {
      announce: null,
      open: null,
      suspend: null,
      resume: null,
      close: null,
      draft_minutes: 'minutes_draft',
      correct_minutes: null,
    },
    minutes_draft: {
      announce: null,
      open: null,
      suspend: null,
      resume: null,
      close: null,
      draft_minutes: null,
      correct_minutes: null,
    },
    minutes_approved: {
      announce: null,
      open: null,
      suspend: null,
      resume: null,
      close: null,
      draft_minutes: null,
      correct_minutes: 'minutes_draft',
    },
  }

  test.each(SESSION_STATUSES)('from %s', (status) => {
    for (const name of ACTS) {
      const meeting = new Meeting()
      meeting.act(null, {
        act: 'add_item',
        title: 'An item',
        minutes: null,
        proposalId: null,
        followUpId: null,
      })
      meeting.state = { ...meeting.state, status }
      const act = sessionAct.parse({ act: name, reason: 'because' })
      meeting.act(null, act)
      expect(meeting.state.status, name).toBe(TABLE[status][name] ?? status)
    }
  })

  test('every act needs a right, and whoever has none is refused every act', () => {
    const nobody: Who = {
      ...{ userId: 'nobody', name: 'Nobody', delegationId: 'xx' },
      may: { attend: false, speak: false, propose: false, vote: false, preside: false, run: false },
    }
    for (const name of Object.keys(ACT_NEEDS) as ActName[])
      expect(lackOf({ act: name } as SessionAct, nobody), name).not.toBeNull()
    expect(SESSION_RIGHTS.every((right) => Object.values(ACT_NEEDS).flat().includes(right))).toBe(true)
  })
})

describe('speakers', () => {
  const raise = (meeting: Meeting, by: string, kind: (typeof HAND_KINDS)[number] = 'statement') => {
    meeting.act(by, { act: 'raise_hand', kind, side: null, reason: 'of order' })
    return meeting.state.hands.find((hand) => hand.delegationId === by && hand.kind === kind)?.id ?? ''
  }
  const order = ({ state }: Meeting) => state.hands.map(({ delegationId, kind }) => `${delegationId} ${kind}`)

  test('a point of order goes first, then a right of reply, then those who have not spoken', () => {
    const meeting = Meeting.open()
    meeting.act('jp', { act: 'give_floor', handId: raise(meeting, 'ke'), anyway: false })
    raise(meeting, 'ke')
    raise(meeting, 'us')
    raise(meeting, 'kr', 'right_of_reply')
    raise(meeting, 'jp', 'point_of_order')
    expect(order(meeting)).toEqual([
      ...['jp point_of_order', 'kr right_of_reply', 'us statement', 'ke statement'],
    ])
  })

  test('nobody speaks twice before a first-time speaker, unless the chair says so', () => {
    const meeting = Meeting.open()
    meeting.act('jp', { act: 'give_floor', handId: raise(meeting, 'ke'), anyway: false })
    const again = raise(meeting, 'ke')
    raise(meeting, 'us')
    expect(meeting.act('jp', { act: 'give_floor', handId: again, anyway: false })).toMatch(/has not spoken/)
    meeting.act('jp', { act: 'give_floor', handId: again, anyway: true })
    expect(meeting.state.floor?.delegationId).toBe('ke')
  })

  test('a closed list lets a point of order through, which interrupts and then gives the floor back', () => {
    const meeting = Meeting.open()
    meeting.act('jp', { act: 'give_floor', handId: raise(meeting, 'ke'), anyway: false })
    meeting.now += 30_000
    meeting.act('jp', { act: 'close_queue' })
    expect(meeting.act('us', { act: 'raise_hand', kind: 'statement', side: null, reason: '' })).toMatch(
      /closed/,
    )
    const point = raise(meeting, 'us', 'point_of_order')
    meeting.act('jp', { act: 'give_floor', handId: point, anyway: false })
    expect(meeting.state).toMatchObject({
      floor: { delegationId: 'us' },
      interrupted: { delegationId: 'ke', usedMs: 30_000 },
    })
    meeting.now += 10_000
    meeting.act('jp', { act: 'end_speech' })
    expect(meeting.state.floor).toMatchObject({ delegationId: 'ke', usedMs: 30_000, since: meeting.now })
    meeting.now += 5000
    meeting.act('jp', { act: 'stop_clock' })
    meeting.now += 60_000
    meeting.act('jp', { act: 'end_speech' })
    expect(meeting.state.used).toMatchObject({
      ke: { ms: 35_000, statement: 1 },
      us: { ms: 10_000, point_of_order: 1 },
    })
  })
})

describe('motions', () => {
  test('amendments come first, the furthest from the text first; one whose passage is gone falls', () => {
    const meeting = Meeting.open()
    const motionId = meeting.motion()
    const near = meeting.amendment(motionId, 'Kwale', 'Mombasa')
    const far = meeting.amendment(
      motionId,
      'the refinery at Kwale',
      'a refinery, to be built where power is cheapest',
    )
    expect(meeting.act('jp', { act: 'ask_consensus', motionId })).toMatch(/amendments are decided first/)
    expect(meeting.act('jp', { act: 'ask_consensus', motionId: near })).toMatch(/further from the text/)
    meeting.act('jp', { act: 'ask_consensus', motionId: far })
    meeting.act('jp', { act: 'conclude', motionId: far })
    const [motion, first, second] = meeting.state.motions
    expect(motion?.text).toBe('The group endorses a refinery, to be built where power is cheapest.')
    expect(first).toMatchObject({ id: near, state: 'fell' })
    expect(second).toMatchObject({ id: far, state: 'adopted' })
    meeting.act('jp', { act: 'ask_consensus', motionId })
    meeting.act('ke', { act: 'object', motionId, text: 'Not like this.' })
    meeting.act('jp', { act: 'conclude', motionId })
    expect(meeting.state.motions[0]).toMatchObject({
      state: 'seconded',
      objections: [{ delegationId: 'ke' }],
    })
  })

  test('a motion waits for a second of another delegation, and for a quorum', () => {
    const meeting = Meeting.open(['jp', 'ke'])
    meeting.act('ke', {
      act: 'propose',
      title: 'A motion',
      text: 'The group decides.',
      proposalId: null,
      outcome: null,
      approves: null,
    })
    const motionId = meeting.state.motions[0]?.id ?? ''
    expect(meeting.act('ke', { act: 'second', motionId })).toMatch(/Another delegation/)
    meeting.act('jp', { act: 'second', motionId })
    expect(meeting.act('jp', { act: 'ask_consensus', motionId })).toMatch(/No quorum: 2/)
  })

  test('a motion that approves minutes is decided in the session: silence would freeze nothing', () => {
    const meeting = Meeting.open()
    meeting.act('ke', {
      ...{ act: 'propose', title: 'Minutes', text: 'The minutes are approved.' },
      ...{ proposalId: null, outcome: null, approves: 'an earlier session' },
    })
    const motionId = meeting.state.motions[0]?.id ?? ''
    meeting.act('us', { act: 'second', motionId })
    const silence = { act: 'put_to_silence', motionId, at: '2030-01-01T12:00', zone: 'UTC' } as const
    expect(meeting.act('jp', silence)).toMatch(/in the session/)
  })

  test('how far an amendment is', () => {
    expect(distanceOf('at Kwale', 'at Mombasa')).toBe(2)
    expect(distanceOf('a b c', '')).toBe(3)
    expect(amended('twice twice', 'twice', 'once')).toBeNull()
  })
})

describe('votes', () => {
  const TERMS = { majority: 'simple', base: 'voting' } as const

  test('one delegation has one vote, also through a proxy; nobody votes before or after', () => {
    const meeting = Meeting.open()
    const motionId = meeting.motion()
    expect(meeting.act('ke', { act: 'vote', motionId, choice: 'yes', of: null })).toMatch(/No roll-call/)
    meeting.act('us', { act: 'give_proxy', to: 'ke' })
    meeting.act('us', { act: 'leave' })
    meeting.act('jp', { act: 'open_vote', motionId, method: 'roll_call', ...TERMS })
    meeting.act('ke', { act: 'vote', motionId, choice: 'yes', of: null })
    meeting.act('ke', { act: 'vote', motionId, choice: 'no', of: 'us' })
    expect(meeting.act('ke', { act: 'vote', motionId, choice: 'no', of: 'us' })).toMatch(/cast once/)
    expect(meeting.act('us', { act: 'vote', motionId, choice: 'yes', of: null })).toMatch(/held by another/)
    expect(meeting.act('kr', { act: 'vote', motionId, choice: 'no', of: 'us' })).toMatch(/not given you/)
    expect(meeting.state.motions[0]?.result).toBeNull()
    meeting.act('jp', { act: 'close_vote', motionId })
    expect(meeting.state.motions[0]?.result).toMatchObject({ counts: { yes: 1, no: 1 }, adopted: false })
    expect(meeting.act('kr', { act: 'vote', motionId, choice: 'yes', of: null })).toMatch(/No roll-call/)
  })

  test('a secret ballot tells counts only, and no paper is given out once the box is open', () => {
    const meeting = Meeting.open()
    const motionId = meeting.motion()
    meeting.act('jp', { act: 'open_vote', motionId, method: 'secret', ...TERMS })
    for (const id of ['jp', 'ke', 'us'])
      meeting.act(id, { act: 'take_paper', motionId, of: null, blinded: 'ab' })
    expect(meeting.act('ke', { act: 'take_paper', motionId, of: null, blinded: 'cd' })).toMatch(/has taken/)
    meeting.act('jp', { act: 'open_box', motionId })
    expect(meeting.act('kr', { act: 'take_paper', motionId, of: null, blinded: 'ab' })).toMatch(
      /No ballot papers/,
    )
    meeting.act('jp', { act: 'close_vote', motionId })
    const { roll, ballots } = meeting.state.motions[0]?.result ?? {}
    expect(roll).toBeNull()
    expect(ballots?.map(({ receipt }) => receipt)).toEqual(ballots?.map(({ receipt }) => receipt).sort())
  })

  test('majorities, by base', () => {
    expect([0, 1, 2, 3, 4, 5].map((base) => neededOf('simple', base))).toEqual([1, 1, 2, 2, 3, 3])
    expect([0, 1, 2, 3, 4, 6, 7].map((base) => neededOf('two_thirds', base))).toEqual([1, 1, 2, 2, 3, 4, 5])
    const all = ['a', 'b', 'c', 'd', 'e', 'f']
    const vote = { method: 'roll_call', majority: 'simple', entitled: all, present: all.slice(0, 4) } as const
    const choices: Choice[] = ['yes', 'yes', 'no', 'abstain']
    expect(BASES.map((base) => verdictOf({ ...vote, base }, choices).adopted)).toEqual([true, false, false])
    expect(verdictOf({ ...vote, base: 'voting' }, choices).arithmetic).toBe(
      '2 yes, 1 no, 1 abstain. Needed: more than half of 3 (of those voting yes or no), which is 2. 2 ≥ 2: adopted.',
    )
    expect(verdictOf({ ...vote, base: 'voting', method: 'secret' }, ['yes', 'yes']).void).toMatch(
      /Fewer than 3/,
    )
  })
})

describe('minutes', () => {
  const held = (chatham: boolean) => {
    const meeting = Meeting.open()
    meeting.happen({ is: 'prepared', rules: { ...RULES, chatham } })
    const motionId = meeting.motion()
    meeting.act('jp', { act: 'open_vote', motionId, method: 'roll_call', majority: 'simple', base: 'voting' })
    for (const id of ['ke', 'us']) meeting.act(id, { act: 'vote', motionId, choice: 'yes', of: null })
    meeting.act('jp', { act: 'close_vote', motionId })
    return JSON.stringify(minutesOf(meeting.events, () => '10:00'))
  }

  test('tell who proposed, who voted how, and what was decided', () => {
    expect(held(false)).toMatch(/KE proposed.*US seconded.*Roll-call.*2 yes.*Yes: KE, US.*adopted by vote/)
  })

  test('under the Chatham House Rule no name stands in them', () => {
    const text = held(true)
    expect(text).toMatch(/A delegation proposed.*2 yes/)
    expect(text).not.toMatch(/\b(KE|US|JP|KR)\b|Head of/)
  })
})

/** Anything that anybody may ask for, with ids that exist, mostly. */
const anyAct = (state: SessionState): fc.Arbitrary<SessionAct> => {
  const idOf = (list: readonly { id: string }[]) => fc.constantFrom('none', ...list.map(({ id }) => id))
  const [itemId, motionId, handId] = [idOf(state.items), idOf(state.motions), idOf(state.hands)]
  const delegationId = fc.constantFrom(...Object.keys(SEATS))
  const documentId = fc.constantFrom('paper', 'annex')
  const numbers = state.motions.flatMap(({ number }) => number ?? [])
  const act = <T extends Record<string, fc.Arbitrary<unknown>>>(name: ActName, more: T) =>
    fc.record({ act: fc.constant(name), ...more })
  const terms = {
    method: fc.constantFrom(...METHODS),
    majority: fc.constantFrom(...MAJORITIES),
    base: fc.constantFrom(...BASES),
  }
  const of = fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: delegationId })
  const before = fc.option(fc.oneof(itemId, handId))
  const reason = fc.constant('because')
  const plain = (
    [
      'announce',
      'open',
      'resume',
      'close',
      'enter',
      'leave',
      'preside',
      'end_proxy',
      'open_queue',
      'close_queue',
      'stop_clock',
      'start_clock',
      'end_speech',
      'draft_minutes',
      'end_pointer',
    ] as const
  ).map((name) => act(name, {}))
  const acts = [
    ...plain,
    act('say_attendance', { coming: fc.boolean() }),
    act('change_item', { itemId, title: fc.constantFrom('An item', 'Another'), minutes: fc.constant(null) }),
    act('suspend', { reason }),
    act('note_gone', { delegationId }),
    act('give_proxy', { to: delegationId }),
    act('add_item', { title: fc.constant('An item'), minutes: fc.constant(null) }),
    ...(['remove_item', 'open_item', 'close_item'] as const).map((name) => act(name, { itemId })),
    act('move_item', { itemId, before }),
    act('adjourn_item', { itemId, reason }),
    act('raise_hand', { kind: fc.constantFrom(...HAND_KINDS), reason }),
    act('lower_hand', { handId }),
    act('move_hand', { handId, before }),
    act('give_floor', { handId, anyway: fc.boolean() }),
    act('propose', {
      title: fc.constant('A motion'),
      text: fc.constant('The group endorses the refinery at Kwale.'),
    }),
    act('amend', {
      motionId,
      passage: fc.constantFrom('Kwale', 'refinery', 'the refinery at Kwale'),
      text: fc.constantFrom('', 'Mombasa', 'a mine and a smelter'),
    }),
    ...(
      [
        'second',
        'withdraw',
        'ask_consensus',
        'withdraw_objection',
        'conclude',
        'open_box',
        'close_vote',
      ] as const
    ).map((name) => act(name, { motionId })),
    ...(['object', 'reserve'] as const).map((name) => act(name, { motionId, text: reason })),
    act('open_vote', { motionId, ...terms }),
    act('take_paper', { motionId, of, blinded: fc.constant('ab') }),
    act('vote', { motionId, of, choice: fc.constantFrom(...CHOICES) }),
    act('cancel_vote', { motionId, reason }),
    act('put_to_silence', { motionId, at: fc.constant('2030-01-01T12:00'), zone: fc.constant('UTC') }),
    act('follow_up', {
      ...{
        number: fc.constantFrom('none', ...numbers),
        text: fc.constant('Report back'),
        ownerId: delegationId,
      },
      due: fc.constant('2030-01-01'),
    }),
    act('attach_document', { itemId, documentId }),
    act('point', { documentId, place: fc.constantFrom(null, 'summary', 'body@1.2') }),
    act('set_clock', { seconds: fc.constantFrom(null, 60) }),
    act('message', { text: reason }),
    act('correct_minutes', { reason }),
  ]
  return fc.oneof(...acts).map((one) => sessionAct.parse(one))
}

const NEXT: Record<SessionStatus, readonly SessionStatus[]> = {
  draft: ['announced'],
  announced: ['open'],
  open: ['suspended', 'closed'],
  suspended: ['open', 'closed'],
  closed: ['minutes_draft'],
  minutes_draft: ['minutes_approved'],
  minutes_approved: [],
}

/** Interventions of all delegations together. */
const speeches = ({ used }: SessionState): number =>
  Object.values(used).reduce((sum, one) => sum + HAND_KINDS.reduce((n, kind) => n + one[kind], 0), 0)

/** What holds after every event, whatever was asked for. */
function check(before: SessionState, after: SessionState, body: EventBody): void {
  expect(after.items.filter(({ state }) => state === 'open').length).toBeLessThanOrEqual(1)
  if (after.status !== before.status) expect(NEXT[before.status]).toContain(after.status)
  expect(
    after.motions.filter(({ state }) => ['consensus', 'papers', 'voting'].includes(state)).length,
  ).toBeLessThanOrEqual(1)
  for (const { vote, state } of after.motions) {
    if (!vote) continue
    expect(new Set(vote.voters).size).toBe(vote.voters.length)
    expect(vote.voters.every((id) => vote.entitled.includes(id))).toBe(true)
    if (state === 'papers') expect(vote.method).toBe('secret')
  }
  // No result before the vote closes, and none but by its close.
  for (const { id, state, result } of after.motions) {
    if (state === 'voting' || state === 'papers') expect(result).toBeNull()
    const old = before.motions.find((one) => one.id === id)?.result ?? null
    if (result && result !== old) expect(body).toMatchObject({ is: 'vote_closed', motionId: id })
  }
  for (const holder of new Set(Object.values(after.proxies)))
    expect(Object.values(after.proxies).filter((one) => one === holder).length).toBeLessThanOrEqual(
      after.rules.proxies,
    )
  // Every speech that ends counts once for its delegation, with the time on its clock, and no other changes anything.
  const spoke = speeches(after) - speeches(before)
  expect(spoke).toBe(body.is === 'speech_ended' && before.floor ? 1 : 0)
  for (const [id, { ms }] of Object.entries(after.used))
    expect(ms).toBeGreaterThanOrEqual(before.used[id]?.ms ?? 0)
  const motion = 'motionId' in body ? before.motions.find(({ id }) => id === body.motionId) : undefined
  if (body.is === 'voted') {
    expect(motion?.state).toBe('voting')
    expect(motion?.vote?.voters).not.toContain(body.delegationId)
    expect(JSON.stringify(body)).not.toMatch(/yes|no"|abstain/)
  }
  if (body.is === 'vote_opened' || body.is === 'consensus_asked') expect(hasQuorum(before)).toBe(true)
  if (body.is === 'vote_opened') expect(body.entitled).toEqual(['jp', 'kr', 'ke', 'us', 'au'])
  if (body.is === 'adopted') {
    if (body.how === 'consensus') expect(motion?.objections).toEqual([])
    else expect(motion?.result?.adopted).toBe(true)
    expect(
      after.motions.every(
        ({ amends, state }) => amends !== body.motionId || !['proposed', 'seconded'].includes(state),
      ),
    ).toBe(true)
  }
  if (body.is === 'vote_closed' && body.roll) {
    const counted = Object.values(body.roll)
    expect(body.counts).toEqual(
      Object.fromEntries(CHOICES.map((one) => [one, counted.filter((each) => each === one).length])),
    )
    expect(Object.keys(body.roll).sort()).toEqual([...(motion?.vote?.voters ?? [])].sort())
  }
  if (body.is === 'floor_given' && !body.anyway) {
    const hand = before.hands.find(({ id }) => id === body.handId)
    if (hand) expect(waitsFor(before, hand)).toBeNull()
  }
  if (body.is === 'attendance_said') expect(before.status).toBe('announced')
  // The chair shows nothing that is not on the agenda.
  if (body.is === 'pointed')
    expect(before.items.flatMap(({ documents }) => documents.map(({ id }) => id))).toContain(body.documentId)
  if (body.is === 'follow_up') expect(before.motions.some(({ number }) => number === body.number)).toBe(true)
  // Nothing is said to be before silence unless it was ready for it.
  if (body.is === 'silence_opened') expect(motion?.state).toBe('seconded')
  if (body.is === 'floor_given' && !body.anyway) {
    // Nobody speaks twice while somebody waits who has not spoken, unless the chair says so or put them there.
    const hand = before.hands.find(({ id }) => id === body.handId)
    const waits = before.hands.some(
      (one) => one.kind === 'statement' && !before.spoken.includes(one.delegationId),
    )
    if (hand?.kind === 'statement' && !hand.placed && before.spoken.includes(hand.delegationId))
      expect(waits).toBe(false)
  }
  if (body.is === 'hand_raised' && !before.queueOpen) expect(body.kind).toBe('point_of_order')
  for (const [of, to] of Object.entries(after.proxies))
    expect([of, after.proxies[to]]).toEqual([of, undefined])
  expect(presentIds(after)).not.toContain('cd')
}

describe('whatever anybody asks for, in any order', () => {
  test('every act there is, is asked for', () => {
    const asked = new Set(fc.sample(anyAct(Meeting.open().state), 4000).map(({ act }) => act))
    expect([...asked].sort()).toEqual((Object.keys(ACT_NEEDS) as ActName[]).sort())
  })

  test('gives a lawful state or a refusal with a reason', () => {
    fc.assert(
      fc.property(fc.gen(), fc.boolean(), (gen, inSession) => {
        const meeting = inSession ? Meeting.open() : new Meeting()
        if (inSession) meeting.motion()
        for (let step = 0; step < 40; step++) {
          meeting.now += gen(() => fc.nat(60_000))
          const by = gen(() => fc.constantFrom(null, 'jp', ...Object.keys(SEATS)))
          const act = gen(anyAct, meeting.state)
          const before = meeting.state
          const done = meeting.act(by, act)
          if (typeof done === 'string') {
            expect(done.length).toBeGreaterThan(5)
            expect(meeting.state).toBe(before)
            continue
          }
          if (by === 'cd') expect(['enter', 'leave', 'message']).toContain(act.act)
          let state = before
          const from = meeting.events.length - done.length
          for (const event of meeting.events.slice(from)) {
            const next = fold(state, event)
            check(state, next, event.body)
            state = next
          }
        }
        // The log says everything: the same events from bytes give the same state, and so does a snapshot half-way.
        const read = meeting.events
          .map((event) => decodeEvent(encodeEvent(event)))
          .filter((one) => one !== null)
        expect(foldAll(read)).toEqual(meeting.state)
        const half = Math.floor(read.length / 2)
        const snapshot = unpackState(packState(foldAll(read.slice(0, half))))
        expect(foldAll(read.slice(half), snapshot)).toEqual(meeting.state)
      }),
      { numRuns: 150 },
    )
  })

  test('events in any order, some missing, give a state', () => {
    const meeting = Meeting.open()
    const motionId = meeting.motion()
    meeting.amendment(motionId, 'Kwale', 'Mombasa')
    meeting.act('jp', { act: 'ask_consensus', motionId })
    const { events } = meeting
    fc.assert(
      fc.property(fc.shuffledSubarray(events), (some) => {
        const state = foldAll(some)
        expect(SESSION_STATUSES).toContain(state.status)
      }),
    )
  })
})
