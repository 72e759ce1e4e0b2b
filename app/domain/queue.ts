/** The coordinators' queue: its states and what its address may say. */

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
