import { Moment } from '../ui/date'
import { formatMoment } from '../ui/date-format'

/** A deadline in the reader's zone and in the zone that it was set in. */
export function Deadline({ at, zone }: { at: Date | string; zone: string }) {
  return (
    <span>
      <Moment at={at} />{' '}
      <span className="text-muted">
        ({formatMoment(new Date(at), zone)} in {zone.replaceAll('_', ' ')})
      </span>
    </span>
  )
}
