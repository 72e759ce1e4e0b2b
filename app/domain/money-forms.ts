/** The forms of financing: one schema for the page and the server. Amounts are checked against their currency by the verbs. */
import { z } from 'zod'
import { CURRENCIES } from './currency'
import { CONDITION_ACTS, CONDITION_GATES } from './money-conditions'
import { boughtInTonnes, INSTRUMENTS } from './money-instruments'
import { LEDGER_KINDS } from './money-ledger'
import { FINANCING_MOVES } from './money-stages'
import { TRANCHE_ACTS, TRANCHE_METHODS } from './money-tranches'

const REASON = { min: 10, max: 4000 } as const

const key = z.uuid('Load the page again.')
const id = z.string().max(64)

const line = (what: string, max: number) =>
  z
    .string()
    .trim()
    .max(max, `${what} has at most ${max.toLocaleString('en')} characters.`)
    .refine((text) => !text.includes('\0'), `${what} holds a character that no text can hold.`)

const reason = line('A reason', REASON.max)
const neededReason = reason.refine(
  (text) => text.length >= REASON.min,
  `Give the reason, in at least ${REASON.min} characters.`,
)

const isDay = (text: string) => {
  const at = new Date(`${text}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}
const day = z.string().trim().refine(isDay, 'Give the day as 2026-11-25.')
const optionalDay = z.union([z.literal('').transform(() => null), day]).default(null)

const currency = z
  .string()
  .trim()
  .toUpperCase()
  .refine((code) => CURRENCIES.includes(code), 'Choose a currency.')

/** As people write it: spaces or commas between thousands. What is none is refused by the verb, which knows the currency. */
const amount = z
  .string()
  .trim()
  .transform((text) => text.replace(/[\s\u00a0\u202f']/g, '').replace(/,(?=\d{3}(\D|$))/g, ''))

export const startRequestForm = z.object({
  key,
  title: line('The title', 200).refine((text) => text.length >= 3, 'The title has at least 3 characters.'),
})

const purchase = {
  quantityTonnes: line('The quantity', 20).default(''),
  grade: line('The grade', 200).default(''),
  priceFormula: line('The price formula', 500).default(''),
  deliveryFrom: z.string().trim().max(10).default(''),
  deliveryTo: z.string().trim().max(10).default(''),
  storage: line('Storage', 300).default(''),
  releaseRule: line('The release rule', 500).default(''),
}

/** Asks several institutions for the same at once; an instrument that buys in tonnes says what it buys. */
export const askForm = z
  .object({
    key,
    institutions: z
      .preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(id))
      .refine((ids) => ids.length > 0, 'Choose at least one institution.')
      .refine((ids) => ids.length <= 20, 'At most 20 at once.'),
    instrument: z.enum(INSTRUMENTS, 'Choose an instrument.'),
    amount,
    currency,
    tenorYears: z
      .string()
      .trim()
      .default('')
      .refine((text) => text === '' || /^\d{1,2}$/.test(text), 'Give the years as a whole number.')
      .transform((text) => (text === '' ? null : Number(text))),
    purpose: line('What it is for', 2000).refine(
      (text) => text.length >= 10,
      'Say what it is for, in at least 10 characters.',
    ),
    ...purchase,
  })
  .superRefine((form, context) => {
    if (!boughtInTonnes(form.instrument)) return
    const problem = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message })
    if (!/^\d{1,12}(\.\d{1,4})?$/.test(form.quantityTonnes))
      problem('quantityTonnes', 'Give the quantity in tonnes contained, as 12500.')
    if (form.priceFormula.length < 3) problem('priceFormula', 'Say how the price is made.')
    for (const name of ['deliveryFrom', 'deliveryTo'] as const)
      if (!isDay(form[name])) problem(name, 'Give the day as 2026-11-25.')
    if (isDay(form.deliveryFrom) && isDay(form.deliveryTo) && form.deliveryTo < form.deliveryFrom)
      problem('deliveryTo', 'The window ends before it begins.')
  })
export type AskInput = z.output<typeof askForm>

/** Which of reason and date a move needs stands in its rule. */
export const moveAskForm = z.object({
  key,
  move: z.enum(FINANCING_MOVES),
  reason: reason.default(''),
  date: optionalDay,
})
export type MoveAskInput = z.output<typeof moveAskForm>
export const REASON_TOO_SHORT = `Give the reason, in at least ${REASON.min} characters.`
export const isReason = (text: string): boolean => text.length >= REASON.min

export const recordForm = z.object({
  key,
  kind: z.enum(LEDGER_KINDS, 'Choose what it is.'),
  amount,
  onDate: day,
  facilityId: z.union([z.literal('').transform(() => null), id]).default(null),
  note: line('The note', 1000).default(''),
})
export type RecordInput = z.output<typeof recordForm>

export const reverseForm = z.object({ key, entryId: id, reason: neededReason })

export const conditionForm = z.object({
  key,
  gate: z.enum(CONDITION_GATES, 'Choose what it must be met before.'),
  trancheId: z.union([z.literal('').transform(() => null), id]).default(null),
  text: line('The condition', 2000).refine(
    (text) => text.length >= 10,
    'Write the condition, in at least 10 characters.',
  ),
  responsibleId: id,
  dueOn: optionalDay,
})
export type ConditionInput = z.output<typeof conditionForm>

export const conditionActForm = z.object({
  key,
  conditionId: id,
  conditionAct: z.enum(CONDITION_ACTS),
  text: reason.default(''),
})
export type ConditionActInput = z.output<typeof conditionActForm>

export const trancheForm = z.object({
  key,
  amount,
  plannedOn: day,
  method: z.enum(TRANCHE_METHODS, 'Choose how it is paid.'),
})
export type TrancheInput = z.output<typeof trancheForm>

export const trancheActForm = z.object({
  key,
  trancheId: id,
  trancheAct: z.enum(TRANCHE_ACTS),
  reason: reason.default(''),
  paidOn: optionalDay,
})
export type TrancheActInput = z.output<typeof trancheActForm>

export const askQuestionForm = z.object({
  key,
  fragment: z.string().max(40),
  text: line('A question', 2000).refine((text) => text.length >= 10, 'Ask in at least 10 characters.'),
})
export const answerAskForm = z.object({
  question: id,
  answer: line('An answer', 4000).refine((text) => text.length >= 2, 'Write an answer.'),
})

export const facilityForm = z.object({
  key,
  institutionId: id,
  name: line('The name', 200).refine((text) => text.length >= 3, 'The name has at least 3 characters.'),
  ceiling: amount,
  currency,
  note: line('The note', 1000).default(''),
})
export type FacilityInput = z.output<typeof facilityForm>
