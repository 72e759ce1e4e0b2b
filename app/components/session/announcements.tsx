import { Link } from '@remix-run/react'

/** What the group decided by silence since its last session. */
export function Announcements({ told }: { told: readonly { number: string; title: string }[] }) {
  if (told.length === 0) return null
  return (
    <section
      aria-label="Announced at the opening"
      className="mb-4 border border-rule border-l-4 border-l-green bg-sheet px-3 py-2 text-sm"
    >
      <h2 className="font-semibold">Adopted by silence since the last session</h2>
      <ul>
        {told.map(({ number, title }) => (
          <li key={number}>
            <Link to={`/decisions/${number}`} className="link whitespace-nowrap">
              {number}
            </Link>{' '}
            {title}
          </li>
        ))}
      </ul>
    </section>
  )
}
