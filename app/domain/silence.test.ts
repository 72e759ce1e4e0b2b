import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { parseForm } from './form'
import type { Actor, DelegationRole } from './people'
import { can } from './rights'
import { deadlineProblem, SILENCE_STATES, silenceForm } from './silence'

const form = (more: Record<string, string> = {}) => ({
  key: randomUUID(),
  outcome: 'endorsed',
  text: 'The group endorses the proposal.',
  at: '2026-12-01T17:00',
  zone: 'Asia/Seoul',
  ...more,
})

test('a deadline is the instant of its wall clock in its zone', () => {
  const parsed = parseForm(silenceForm, form())
  expect(parsed.ok && parsed.value.deadline.toISOString()).toBe('2026-12-01T08:00:00.000Z')
})

test('what is wrong is said by field', () => {
  const wrong = (more: Record<string, string>) => {
    const parsed = parseForm(silenceForm, form(more))
    return parsed.ok ? [] : Object.keys(parsed.fields)
  }
  expect(wrong({ at: '2027-03-28T02:30', zone: 'Europe/Berlin' })).toEqual(['at'])
  expect(wrong({ zone: 'Nowhere' })).toEqual(['zone'])
  expect(wrong({ text: 'short' })).toEqual(['text'])
  expect(wrong({ outcome: 'postponed' })).toEqual(['outcome'])
})

test('the group’s notice is kept to the hour', () => {
  const now = new Date('2026-11-24T10:00:00Z')
  expect(deadlineProblem(new Date('2026-11-27T09:59:59Z'), now, 72)).toContain('72 hours')
  expect(deadlineProblem(new Date('2026-11-27T10:00:00Z'), now, 72)).toBeNull()
  expect(deadlineProblem(new Date('2027-11-27T10:00:00Z'), now, 72)).toContain('90 days')
})

test('the head of an entitled delegation breaks it while it runs, a coordinator cancels it; nobody else', () => {
  const of = (id: string, role: DelegationRole): Actor => ({
    ...{ userId: role, name: role, email: 'x@x.test', sessionId: 's' },
    organization: { kind: 'delegation', id, name: id, partnerIso2: 'KR', role },
  })
  const coordinator: Actor = {
    ...{ userId: 'c', name: 'c', email: 'x@x.test', sessionId: 's' },
    organization: { kind: 'secretariat', id: 's', name: 'S', role: 'coordinator' },
  }
  for (const state of SILENCE_STATES) {
    const scope = { kind: 'silence', state, entitledIds: ['kr'] } as const
    for (const role of ['head', 'delegate', 'adviser', 'reader'] as const) {
      expect(can(of('kr', role), 'break', scope)).toBe(state === 'open' && role === 'head')
      expect(can(of('kr', role), 'see', scope)).toBe(true)
      expect(can(of('jp', role), 'break', scope)).toBe(false)
      expect(can(of('jp', role), 'see', scope)).toBe(false)
    }
    expect(can(coordinator, 'cancel', scope)).toBe(state === 'open')
    expect(can(coordinator, 'break', scope)).toBe(false)
  }
})
