/** What reviewers judge, how their marks become a result, and which acts a review passes through. */
import { z } from 'zod'

/** Criteria with their weights, in percent. */
export const CRITERIA = [
  { id: 'supply_security', label: 'Supply security', weight: 25, hint: 'Does it widen a narrow supply?' },
  { id: 'technical', label: 'Technical readiness', weight: 20, hint: 'Resource, process, people, permits.' },
  { id: 'economics', label: 'Economics', weight: 15, hint: 'Costs, prices, returns under strain.' },
  { id: 'esg', label: 'ESG and local value', weight: 20, hint: 'Evidence, not claims.' },
  { id: 'partner_benefit', label: 'Partner benefit', weight: 10, hint: 'What partners gain from it.' },
  { id: 'financing', label: 'Readiness to finance', weight: 10, hint: 'Could a lender begin tomorrow?' },
] as const
export type Criterion = (typeof CRITERIA)[number]['id']

export const MARKS = { 1: 'poor', 2: 'weak', 3: 'fair', 4: 'good', 5: 'very good' } as const

export const RECOMMENDATIONS = ['endorse', 'endorse_with_conditions', 'decline'] as const
export type Recommendation = (typeof RECOMMENDATIONS)[number]
export const RECOMMENDATION_LABEL: Record<Recommendation, string> = {
  endorse: 'Endorse',
  endorse_with_conditions: 'Endorse with conditions',
  decline: 'Decline',
}

export const REVIEW_STATES = ['asked', 'accepted', 'handed_in', 'recused', 'released'] as const
export type ReviewState = (typeof REVIEW_STATES)[number]
export const REVIEW_STATE_LABEL: Record<ReviewState, string> = {
  asked: 'Asked',
  accepted: 'Reading',
  handed_in: 'Handed in',
  recused: 'Recused',
  released: 'Released',
}

/** Why somebody steps back or discloses. Which of them the portal finds itself stands in `server/reviews/conflicts.ts`. */
export const CONFLICT_KINDS = ['party', 'host', 'operator_nationality', 'financier', 'personal'] as const
export type ConflictKind = (typeof CONFLICT_KINDS)[number]
export const CONFLICT_LABEL: Record<ConflictKind, string> = {
  party: 'takes part in the proposal',
  host: 'hosts the site',
  operator_nationality: 'the operator is owned from this country',
  financier: 'finances the project',
  personal: 'a personal interest',
}

/** `block`: they may not review. `disclose`: they may, and the secretariat knows of it. */
export const CONFLICT_EFFECTS = ['block', 'disclose'] as const
export type ConflictEffect = (typeof CONFLICT_EFFECTS)[number]

/** How the portal learnt of an interest. */
export const INTEREST_HOWS = ['declared', 'detected'] as const
export type InterestHow = (typeof INTEREST_HOWS)[number]

/** A conflict that was found, with its reason in words. */
export type Conflict = { kind: ConflictKind; effect: ConflictEffect; why: string }

export const REVIEW_ACTS = ['accept', 'recuse', 'disclose', 'save', 'hand_in', 'release', 'remind'] as const
export type ReviewAct = (typeof REVIEW_ACTS)[number]

type Rule = { from: readonly ReviewState[]; to: ReviewState | null; who: 'reviewer' | 'coordinator' }

/** `to` null: the state stays. A review that was handed in may be handed in again: both sheets are kept. */
export const REVIEW_RULES: Record<ReviewAct, Rule> = {
  accept: { from: ['asked'], to: 'accepted', who: 'reviewer' },
  recuse: { from: ['asked', 'accepted', 'handed_in'], to: 'recused', who: 'reviewer' },
  // An interest that is no ground to step back.
  disclose: { from: ['asked', 'accepted', 'handed_in'], to: null, who: 'reviewer' },
  save: { from: ['accepted', 'handed_in'], to: null, who: 'reviewer' },
  hand_in: { from: ['accepted', 'handed_in'], to: 'handed_in', who: 'reviewer' },
  release: { from: ['asked', 'accepted'], to: 'released', who: 'coordinator' },
  remind: { from: ['asked', 'accepted'], to: null, who: 'coordinator' },
}

/** Reviews that have to be handed in before a case goes to its decision. */
export const LEAST_REVIEWS = 2
/** Calendar days that a reviewer is given, unless the coordinator says otherwise. */
export const REVIEW_DAYS = 21

export const TEXT_LIMITS = { reason: 2000, note: 6000, question: 2000, least: 10 } as const

/** One criterion's mark: null where it does not apply. */
export type Mark = { mark: number | null; reason: string }
export type Sheet = {
  marks: Record<Criterion, Mark>
  recommendation: Recommendation
  /** Goes to the authors with the outcome, without a name. */
  noteToApplicant: string
  /** Read by the secretariat only. */
  noteToSecretariat: string
}
/** What is on the page before it is handed in: any of it may be missing. */
export type SheetDraft = Partial<Record<string, string>>

const longText = (limit: number, what: string) =>
  z
    .string()
    .trim()
    .max(limit, `${what} has at most ${limit.toLocaleString('en')} characters.`)
    .refine((text) => !text.includes('\0'), `${what} holds a character that no text can hold.`)

const markField = z
  .enum(['1', '2', '3', '4', '5', 'na'], 'Give a mark from 1 to 5, or say that it does not apply.')
  .transform((value) => (value === 'na' ? null : Number(value)))

/** The form of a sheet: fields `mark.<criterion>` and `reason.<criterion>`. */
export const sheetForm = z
  .object({
    ...Object.fromEntries(CRITERIA.map(({ id }) => [`mark.${id}`, markField])),
    ...Object.fromEntries(
      CRITERIA.map(({ id }) => [
        `reason.${id}`,
        longText(TEXT_LIMITS.reason, 'A reason').refine(
          (text) => text.length >= TEXT_LIMITS.least,
          `Give the reason for the mark, in at least ${TEXT_LIMITS.least} characters.`,
        ),
      ]),
    ),
    recommendation: z.enum(RECOMMENDATIONS, 'Choose what you recommend.'),
    noteToApplicant: longText(TEXT_LIMITS.note, 'The note').refine(
      (text) => text.length >= TEXT_LIMITS.least,
      `Write to the authors what they should know, in at least ${TEXT_LIMITS.least} characters.`,
    ),
    noteToSecretariat: longText(TEXT_LIMITS.note, 'The note').default(''),
  })
  .superRefine((raw, context) => {
    const form = raw as Record<string, unknown>
    if (CRITERIA.every(({ id }) => form[`mark.${id}`] === null))
      context.addIssue({
        code: 'custom',
        path: [`mark.${CRITERIA[0].id}`],
        message: 'At least one criterion has to apply.',
      })
  })
  .transform((raw): Sheet => {
    const form = raw as Record<string, string | number | null>
    const marks = Object.fromEntries(
      CRITERIA.map(({ id }) => [
        id,
        { mark: form[`mark.${id}`] as number | null, reason: String(form[`reason.${id}`]) },
      ]),
    ) as Record<Criterion, Mark>
    return {
      marks,
      recommendation: form.recommendation as Recommendation,
      noteToApplicant: String(form.noteToApplicant),
      noteToSecretariat: String(form.noteToSecretariat),
    }
  })

const SHEET_FIELDS = new Set([
  ...CRITERIA.flatMap(({ id }) => [`mark.${id}`, `reason.${id}`]),
  'recommendation',
  'noteToApplicant',
  'noteToSecretariat',
])

/** What of a form is kept while the sheet is being written; anything else is left out. */
export function sheetDraft(form: Record<string, unknown>): SheetDraft {
  const kept: SheetDraft = {}
  for (const name of SHEET_FIELDS) {
    const value = form[name]
    if (typeof value === 'string' && value !== '' && !value.includes('\0'))
      kept[name] = value.slice(0, TEXT_LIMITS.note)
  }
  return kept
}

export type CriterionResult = {
  criterion: Criterion
  /** Mean of the marks given; null when nobody gave one. */
  mean: number | null
  low: number | null
  high: number | null
  count: number
  notApplicable: number
}
export type ReviewResult = {
  /** Mean over the sheets of each one's weighted mean, 1–5; null without sheets. */
  mean: number | null
  low: number | null
  high: number | null
  sheets: number
  criteria: CriterionResult[]
  recommendations: Record<Recommendation, number>
}

/** Σ weight × mark ÷ Σ weight, over the criteria that apply. */
export function weightedMean(marks: Record<Criterion, Mark>): number | null {
  let sum = 0
  let weights = 0
  for (const { id, weight } of CRITERIA) {
    const { mark } = marks[id]
    if (mark === null) continue
    sum += weight * mark
    weights += weight
  }
  return weights === 0 ? null : sum / weights
}

const present = (values: readonly (number | null)[]) => values.filter((value) => value !== null)
const meanOf = (values: readonly number[]) =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
const edge = (values: readonly number[], of: (...values: number[]) => number) =>
  values.length === 0 ? null : of(...values)

/** The result of the sheets with its spread: a mean alone would hide that reviewers disagree. */
export function resultOf(sheets: readonly Sheet[]): ReviewResult {
  const means = present(sheets.map(({ marks }) => weightedMean(marks)))
  return {
    mean: meanOf(means),
    low: edge(means, Math.min),
    high: edge(means, Math.max),
    sheets: sheets.length,
    criteria: CRITERIA.map(({ id }) => {
      const marks = present(sheets.map((sheet) => sheet.marks[id].mark))
      return {
        criterion: id,
        mean: meanOf(marks),
        low: edge(marks, Math.min),
        high: edge(marks, Math.max),
        count: marks.length,
        notApplicable: sheets.length - marks.length,
      }
    }),
    recommendations: Object.fromEntries(
      RECOMMENDATIONS.map((one) => [
        one,
        sheets.filter(({ recommendation }) => recommendation === one).length,
      ]),
    ) as Record<Recommendation, number>,
  }
}

const key = z.uuid('Load the page again.')

const conflictFields = {
  kind: z.enum(CONFLICT_KINDS, 'Say which kind of conflict it is.'),
  reason: longText(TEXT_LIMITS.reason, 'A reason').refine(
    (text) => text.length >= TEXT_LIMITS.least,
    `Say why, in at least ${TEXT_LIMITS.least} characters.`,
  ),
}
export const recuseForm = z.object(conflictFields)
export const discloseForm = z.object({ key, ...conflictFields })

export const questionForm = z.object({
  key,
  fragment: z.string().max(40),
  text: longText(TEXT_LIMITS.question, 'A question').refine(
    (text) => text.length >= TEXT_LIMITS.least,
    `Ask in at least ${TEXT_LIMITS.least} characters.`,
  ),
})
export const answerForm = z.object({
  question: z.string().min(1).max(60),
  answer: longText(TEXT_LIMITS.question, 'An answer').refine((text) => text.length >= 2, 'Write an answer.'),
})

/** ISO days from today that a review may be due. */
export const assignForm = z.object({
  reviewers: z
    .preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(z.string().max(60)))
    .refine((ids) => ids.length > 0, 'Choose at least one reviewer.')
    .refine((ids) => ids.length <= 20, 'At most 20 at once.'),
  days: z.coerce
    .number('Give the days as a number.')
    .int('Give whole days.')
    .min(1, 'At least one day.')
    .max(180, 'At most 180 days.')
    .default(REVIEW_DAYS),
})
