/** The silence procedure: a frozen text and a deadline; adopted unless a delegation breaks silence before it. */
import { z } from 'zod'
import { instantIn, isZone, wallClock } from './zoned'

export const SILENCE_STATES = ['open', 'broken', 'adopted', 'cancelled'] as const
export type SilenceState = (typeof SILENCE_STATES)[number]
export const SILENCE_STATE_LABEL: Record<SilenceState, string> = {
  open: 'Silence runs',
  broken: 'Silence was broken',
  adopted: 'Adopted: silence held',
  cancelled: 'Cancelled',
}

/** A deadline as its zone's clock shows it. */
export const deadlineIn = ({ deadline, zone }: { deadline: Date; zone: string }): string =>
  `${wallClock(deadline, zone).replace('T', ' ')} ${zone}`

export const BREAK_KINDS = ['objection', 'amendment'] as const
export type BreakKind = (typeof BREAK_KINDS)[number]
export const BREAK_LABEL: Record<BreakKind, string> = {
  objection: 'An objection',
  amendment: 'An amendment',
}

/** What the text would do with a proposal. */
export const OUTCOMES = ['endorsed', 'declined'] as const
export type Outcome = (typeof OUTCOMES)[number]

export const SILENCE_TEXT = { min: 20, max: 8000 } as const
const MOST_DAYS = 90

const text = z
  .string()
  .trim()
  .min(SILENCE_TEXT.min, `The text has at least ${SILENCE_TEXT.min} characters.`)
  .max(SILENCE_TEXT.max, `The text has at most ${SILENCE_TEXT.max.toLocaleString('en')} characters.`)
  .refine((value) => !value.includes('\0'), 'The text holds a character that no text can hold.')

/** The wall-clock time of a form (`2026-11-30T17:00`) in its zone. Out: `deadline`, the instant. */
export const silenceForm = z
  .object({
    key: z.uuid('Load the page again.'),
    outcome: z.enum(OUTCOMES, 'Say whether the text endorses or declines.'),
    text,
    at: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, 'Give the day and the time of the deadline.'),
    zone: z.string().refine(isZone, 'Choose a time zone.'),
  })
  .transform((form, context) => {
    const deadline = instantIn(form.at, form.zone)
    if (deadline) return { ...form, deadline }
    context.addIssue({
      code: 'custom',
      path: ['at'],
      message: 'That time does not exist in this zone: its clocks are put forward then. Choose another.',
    })
    return z.NEVER
  })
export type SilenceInput = z.output<typeof silenceForm>

/** What is wrong with a deadline, or null. `leastHours`: the group's rule. */
export function deadlineProblem(deadline: Date, now: Date, leastHours: number): string | null {
  const hours = (deadline.getTime() - now.getTime()) / 3_600_000
  if (hours < leastHours) return `The group gives its delegations at least ${leastHours} hours.`
  if (hours > MOST_DAYS * 24) return `The deadline is at most ${MOST_DAYS} days away.`
  return null
}

export const breakForm = z.object({
  key: z.uuid('Load the page again.'),
  kind: z.enum(BREAK_KINDS, 'Say whether it is an objection or an amendment.'),
  reason: z
    .string()
    .trim()
    .min(10, 'Say why, in at least 10 characters: every delegation reads it.')
    .max(4000, 'A reason has at most 4,000 characters.')
    .refine((value) => !value.includes('\0'), 'It holds a character that no text can hold.'),
})
export type BreakInput = z.output<typeof breakForm>
