import { Link, useSearchParams } from '@remix-run/react'

/** Steps through the pages of a list; the page's number lives in the address bar. */
export function Pages({ page, total, size }: { page: number; total: number; size: number }) {
  const [search] = useSearchParams()
  const last = Math.max(1, Math.ceil(total / size))
  if (last === 1) return null
  const to = (number: number) => {
    const next = new URLSearchParams(search)
    next.set('page', String(number))
    return `?${next}`
  }
  return (
    <nav aria-label="Pages" className="mt-3 flex items-center gap-4 text-sm">
      {page > 1 ? (
        <Link className="link" to={to(page - 1)} rel="prev">
          Previous
        </Link>
      ) : null}
      <span className="text-muted">
        Page {page} of {last}
      </span>
      {page < last ? (
        <Link className="link" to={to(page + 1)} rel="next">
          Next
        </Link>
      ) : null}
    </nav>
  )
}
