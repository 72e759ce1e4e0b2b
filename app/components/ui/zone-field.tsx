import { useEffect, useState } from 'react'
import { SelectField } from './field'

const ZONES =
  typeof Intl.supportedValuesOf === 'function' ? ['UTC', ...Intl.supportedValuesOf('timeZone')] : ['UTC']

/** A time zone; the reader's own at first. */
export function ZoneField({ name, kept, error }: { name: string; kept?: string; error?: readonly string[] }) {
  const [zone, setZone] = useState(kept ?? 'UTC')
  useEffect(() => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    if (!kept && ZONES.includes(timeZone)) setZone(timeZone)
  }, [kept])
  return (
    <SelectField
      label="Time zone"
      name={name}
      value={zone}
      onChange={(event) => setZone(event.currentTarget.value)}
      error={error}
      options={ZONES.map((value) => ({ value, label: value.replaceAll('_', ' ') }))}
    />
  )
}
