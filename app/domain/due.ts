/** How an obligation stands on a day. */
const SOON_DAYS = 60

export type ObligationState = 'open' | 'met' | 'missed' | 'waived'
export type DueStanding = 'past' | 'soon' | 'later' | 'undated' | 'settled'

/**
 * In: the obligation's due date (ISO, or null where its text names none) and recorded state; `today` as ISO date.
 * `past` says only that the date has gone by while the record is still open, not that it was missed. The due day
 * itself is not past.
 */
export function dueStanding(
  obligation: { due: string | null; state: ObligationState },
  today: string,
): DueStanding {
  if (obligation.state !== 'open') return 'settled'
  if (!obligation.due) return 'undated'
  const days = (Date.parse(obligation.due) - Date.parse(today)) / 86_400_000
  if (days < 0) return 'past'
  return days <= SOON_DAYS ? 'soon' : 'later'
}
