const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/**
 * A calendar date as it is known: `2026-02-04` → "4 Feb 2026", `2026-02` → "Feb 2026", `2026` → "2026".
 * Anything else stands as it was written. No time zone touches it: a date in a treaty is a date.
 */
export function formatDay(text: string): string {
  const match = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(text)
  if (!match) return text
  const [, year = '', month, day] = match
  const name = month ? MONTHS[Number(month) - 1] : ''
  if (month && !name) return text
  return [day ? String(Number(day)) : '', name, year].filter(Boolean).join(' ')
}

/** Whether the text is a date `<time>` may carry. */
export const isDay = (text: string) => /^\d{4}(-\d{2}(-\d{2})?)?$/.test(text)

/** An instant in a zone: "24 Nov 2026, 14:05". `timeZone` is an IANA name; without one, the reader's. */
export function formatMoment(instant: Date, timeZone?: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).formatToParts(instant)
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((p) => p.type === type)?.value ?? ''
  return `${part('day')} ${MONTHS[Number(part('month')) - 1]} ${part('year')}, ${part('hour')}:${part('minute')}`
}
