import { Link, useLocation } from '@remix-run/react'

/** The filters that are set, each a link that takes it away. `name`: its field in the address bar. */
export function FilterChips({ chips }: { chips: readonly { name: string; label: string; value: string }[] }) {
  const { pathname, search } = useLocation()
  if (!chips.length) return null
  const without = (name: string) => {
    const rest = new URLSearchParams(search)
    rest.delete(name)
    rest.delete('page')
    return rest.size ? `${pathname}?${rest}` : pathname
  }
  return (
    <ul aria-label="Filters set" className="no-print flex flex-wrap gap-1.5">
      {chips.map(({ name, label, value }) => (
        <li key={name}>
          <Link
            to={without(name)}
            // The form reads its fields from the address bar anew.
            state={{ cleared: true }}
            preventScrollReset
            aria-label={`Take away the filter ${label}: ${value}`}
            className="inline-flex min-h-6 items-center gap-1.5 rounded-sm border border-accent/35 bg-accent-wash px-2 text-xs text-accent hover:border-accent"
          >
            <span>
              {label}: <span className="font-semibold">{value}</span>
            </span>
            <span aria-hidden="true">×</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
