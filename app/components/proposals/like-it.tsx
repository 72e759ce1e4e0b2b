import { Link } from '@remix-run/react'
import { Section } from '../ui/page'

/** For the screening: projects that may be the same one. */
export function LikeIt({
  projects,
}: {
  projects: readonly { id: string; title: string; place: string | null; km: number | null }[]
}) {
  return (
    <Section title="May be the same project" note={projects.length || null}>
      {projects.length ? (
        <ul className="divide-y divide-rule border-y border-rule text-sm">
          {projects.map(({ id, title, place, km }) => (
            <li key={id} className="flex flex-wrap justify-between gap-x-3 py-1.5">
              <Link to={`/projects/${id}`} className="link">
                {title}
              </Link>
              <span className="text-muted">
                {[place, km === null ? null : `${km} km away`].filter(Boolean).join(', ')}
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-sm text-muted">
          No other project of the same mineral lies within 25 km or names the same place.
        </p>
      )}
    </Section>
  )
}
