/** The coordinators' queue: its states and what its address may say. */

import { z } from 'zod'
import { REVIEW_DAYS } from './review'

/** In the order of the board's columns. */
export const QUEUE_STATES = [
  'submitted',
  'screening',
  'in_review',
  'in_decision',
  'changes_requested',
] as const
export type QueueState = (typeof QUEUE_STATES)[number]

export type QueueFilter = { search: string | null; state: QueueState | null; late: boolean }

/** Values that mean nothing are as if they were not there. */
export const queueFilterFrom = (search: URLSearchParams): QueueFilter => ({
  search: search.get('q')?.trim().replaceAll('\0', '').slice(0, 100) || null,
  state: QUEUE_STATES.find((state) => state === search.get('state')) ?? null,
  late: search.get('late') === '1',
})

/** Proposals that are acted on in one go. */
export const MOST_AT_ONCE = 50

/** The form of an act on many: ticked proposals, and of asking, whom and until when. An empty `reviewer`: by workload. */
export const bulkAssignForm = z.object({
  ids: z
    .array(z.string().max(64))
    .min(1, 'Tick at least one proposal.')
    .max(MOST_AT_ONCE, `At most ${MOST_AT_ONCE} at once.`),
  reviewer: z.string().max(64).default(''),
  count: z.coerce
    .number('Give a number.')
    .int('Give a whole number.')
    .min(1, 'At least one.')
    .max(5, 'At most five.')
    .default(2),
  days: z.coerce
    .number('Give the days as a number.')
    .int('Give whole days.')
    .min(1, 'At least one day.')
    .max(180, 'At most 180 days.')
    .default(REVIEW_DAYS),
})
export type BulkAssign = z.output<typeof bulkAssignForm>

/** What became of one proposal, or of one of its reviewers. */
export type BulkOutcome = { title: string; done: boolean; words: string }
