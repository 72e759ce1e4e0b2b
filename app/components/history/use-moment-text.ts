import { useEffect, useState } from 'react'
import { formatMoment } from '../ui/date-format'

/** An instant as text where no element can stand: in UTC as the server writes it, then in the reader's own zone. */
export function useMomentText(): (at: string) => string {
  const [local, setLocal] = useState(false)
  useEffect(() => setLocal(true), [])
  return (at) => (local ? formatMoment(new Date(at)) : `${formatMoment(new Date(at), 'UTC')} UTC`)
}
