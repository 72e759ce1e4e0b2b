import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseForm } from './form'
import type { Actor } from './people'
import {
  CRITERIA,
  type Criterion,
  REVIEW_ACTS,
  REVIEW_RULES,
  REVIEW_STATES,
  resultOf,
  type Sheet,
  sheetDraft,
  sheetForm,
  weightedMean,
} from './review'
import { can } from './rights'

const sheetOf = (marks: readonly (number | null)[]): Sheet => ({
  marks: Object.fromEntries(
    CRITERIA.map(({ id }, i) => [id, { mark: marks[i] ?? null, reason: 'as it is' }]),
  ) as Record<Criterion, { mark: number | null; reason: string }>,
  recommendation: 'endorse',
  noteToApplicant: 'a note to them',
  noteToSecretariat: '',
})
const marks = fc.array(fc.option(fc.integer({ min: 1, max: 5 })), { minLength: 6, maxLength: 6 })

test('the weights are percents of one whole', () => {
  expect(CRITERIA.reduce((sum, { weight }) => sum + weight, 0)).toBe(100)
})

test('a mean lies between the marks that it is made of, and the result between its sheets', () => {
  fc.assert(
    fc.property(fc.array(marks, { minLength: 1, maxLength: 6 }), (all) => {
      const sheets = all.map(sheetOf)
      for (const [i, given] of all.entries()) {
        const present = given.filter((one) => one !== null)
        const mean = weightedMean(sheets[i]?.marks ?? sheetOf([]).marks)
        if (present.length === 0) expect(mean).toBeNull()
        else {
          expect(mean).toBeGreaterThanOrEqual(Math.min(...present) - 1e-9)
          expect(mean).toBeLessThanOrEqual(Math.max(...present) + 1e-9)
        }
      }
      const { mean, low, high, criteria } = resultOf(sheets)
      if (mean !== null && low !== null && high !== null) {
        expect(mean).toBeGreaterThanOrEqual(low - 1e-9)
        expect(mean).toBeLessThanOrEqual(high + 1e-9)
      }
      for (const one of criteria) expect(one.count + one.notApplicable).toBe(sheets.length)
    }),
  )
})

test('what does not apply carries no weight', () => {
  expect(weightedMean(sheetOf([5, null, null, 1, null, null]).marks)).toBeCloseTo((25 * 5 + 20 * 1) / 45)
})

describe('the form of a sheet', () => {
  const whole = {
    ...Object.fromEntries(CRITERIA.map(({ id }) => [`mark.${id}`, '3'])),
    ...Object.fromEntries(CRITERIA.map(({ id }) => [`reason.${id}`, 'As the text shows.'])),
    recommendation: 'decline',
    noteToApplicant: 'State the tonnes of the offtake.',
  }

  test('is read with its marks', () => {
    const parsed = parseForm(sheetForm, { ...whole, 'mark.esg': 'na' })
    expect(parsed.ok && parsed.value.marks.esg.mark).toBeNull()
    expect(parsed.ok && parsed.value.marks.technical.mark).toBe(3)
  })

  test('says by field what is missing', () => {
    const { 'mark.esg': _mark, 'reason.economics': _reason, ...rest } = whole as Record<string, string>
    const parsed = parseForm(sheetForm, rest)
    expect(parsed.ok ? [] : Object.keys(parsed.fields).sort()).toEqual(['mark.esg', 'reason.economics'])
  })

  test('is not a review where nothing applies', () => {
    const none = Object.fromEntries(CRITERIA.map(({ id }) => [`mark.${id}`, 'na']))
    expect(parseForm(sheetForm, { ...whole, ...none }).ok).toBe(false)
  })

  test('keeps of a draft what belongs to it, as it was typed', () => {
    expect(sheetDraft({ ...whole, act: 'save', key: 'x', 'mark.esg': new Blob() })).not.toHaveProperty('act')
    expect(sheetDraft(whole)).toEqual(whole)
  })
})

test('every state, act and person of a review: what the table allows, and nothing else', () => {
  const home = { kind: 'delegation', id: 'd', name: 'D', partnerIso2: 'KR', role: 'delegate' } as const
  const person = (userId: string, organization: Actor['organization'] = home): Actor => ({
    ...{ userId, name: userId, email: `${userId}@x.test`, sessionId: 's', organization },
  })
  const secretariat = (role: 'coordinator' | 'administrator' | 'secretary') =>
    person(role, { kind: 'secretariat', id: 's', name: 'S', role })
  for (const state of REVIEW_STATES) {
    const scope = { kind: 'review', reviewerId: 'reviewer', state } as const
    for (const act of REVIEW_ACTS) {
      const { from, who } = REVIEW_RULES[act]
      const open = from.includes(state)
      expect(can(person('reviewer'), act, scope)).toBe(open && who === 'reviewer')
      expect(can(secretariat('coordinator'), act, scope)).toBe(open && who === 'coordinator')
      for (const other of [person('colleague'), secretariat('administrator'), secretariat('secretary')])
        expect(can(other, act, scope)).toBe(false)
    }
    expect(can(person('reviewer'), 'see', scope)).toBe(state !== 'recused' && state !== 'released')
    expect(can(person('colleague'), 'see', scope)).toBe(false)
  }
})
