import { useEffect, useState } from 'react'
import { formatDay, formatMoment, isDay } from './date-format'

/** A calendar date, whole or partial (year, or year and month); `none` stands where there is none. */
export function Day({ date, none = 'not known' }: { date: string | null | undefined; none?: string }) {
  if (!date) return <span className="text-muted">{none}</span>
  if (!isDay(date)) return <span>{date}</span>
  return (
    <time dateTime={date} className="whitespace-nowrap">
      {formatDay(date)}
    </time>
  )
}

/**
 * An instant. The server writes it in UTC and says so; once the page runs it is shown in the reader's own zone,
 * with UTC in the tooltip, so that what the server and the browser first draw is the same.
 */
export function Moment({ at }: { at: Date | string | number }) {
  const instant = new Date(at)
  const [local, setLocal] = useState<string | null>(null)
  const stamp = instant.getTime()
  useEffect(() => setLocal(formatMoment(new Date(stamp))), [stamp])
  if (Number.isNaN(stamp)) return null
  const utc = `${formatMoment(instant, 'UTC')} UTC`
  return (
    <time dateTime={instant.toISOString()} title={utc} className="whitespace-nowrap">
      {local ?? utc}
    </time>
  )
}

/** The zone in which the page shows its times: UTC as the server writes them, then the reader's, by its name. */
export function ReaderZone() {
  const zone = useReaderZone() ?? 'UTC'
  return <span className="whitespace-nowrap">{zone === 'UTC' ? zone : `your zone, ${zone}`}</span>
}

/** An instant as the reader's clock shows it, and as it was set in a zone where that is another. */
export function MomentIn({ at, zone }: { at: Date | string; zone: string }) {
  const there = zone.replaceAll('_', ' ')
  return (
    <>
      <Moment at={at} />{' '}
      <span className="text-muted">
        {useReaderZone() === there ? `in ${there}` : `(${formatMoment(new Date(at), zone)} in ${there})`}
      </span>
    </>
  )
}

/** Null until the page runs. */
function useReaderZone(): string | null {
  const [zone, setZone] = useState<string | null>(null)
  useEffect(() => setZone(Intl.DateTimeFormat().resolvedOptions().timeZone.replaceAll('_', ' ')), [])
  return zone
}
