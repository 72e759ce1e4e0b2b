import { Link } from '@remix-run/react'
import { FileText, Lock } from 'lucide-react'

export type Ask = { delegation: string; heads: readonly string[] }

/** Whom somebody asks who may not read a part. */
export function askWords({ delegation, heads }: Ask): string {
  const who = heads.length === 0 ? '' : ` (${heads.join(', ')})`
  return `restricted part: ask the delegation of ${delegation}${who}`
}

/** The parts of a text that have readers of their own: to be opened, or whom to ask. */
export function RestrictedParts({
  parts,
  ask,
}: {
  parts: readonly { kind: string; label: string; id: string | null }[]
  ask: Ask
}) {
  if (parts.length === 0) return null
  return (
    <section aria-label="Parts with readers of their own" className="no-print mb-4">
      <ul className="divide-y divide-rule border border-line bg-sheet text-sm">
        {parts.map(({ kind, label, id }) => (
          <li key={kind} className="flex flex-wrap items-center gap-x-3 gap-y-0.5 px-3 py-2">
            {id ? (
              <>
                <FileText aria-hidden="true" className="size-4 text-accent" />
                <Link to={`/documents/${id}`} className="link font-semibold">
                  {label}
                </Link>
                <span className="text-muted">restricted part: has readers of its own</span>
              </>
            ) : (
              <>
                <Lock aria-hidden="true" className="size-4 text-muted" />
                <span className="font-semibold">{label}</span>
                <span className="text-muted">{askWords(ask)}</span>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
