import type { Present } from '../../collab/document-types'
import { Flag } from '../ui/flag'

/** Who has the document open; somebody with two tabs stands once. */
export function PeopleHere({ people }: { people: readonly Present[] }) {
  const once = [...new Map(people.map((person) => [person.userId, person])).values()]
  return (
    <ul aria-label="Here now" className="flex flex-wrap items-center gap-1.5">
      {once.map((person) => (
        <li
          key={person.userId}
          className="flex items-center gap-1.5 rounded-sm border border-rule bg-sheet px-1.5 py-0.5 text-xs"
          title={`${person.name}, ${person.organization}`}
        >
          <svg width="8" height="8" aria-hidden="true">
            <circle cx="4" cy="4" r="4" fill={person.color} />
          </svg>
          {person.partnerIso2 ? (
            <Flag iso2={person.partnerIso2} size={16} title={person.organization} />
          ) : null}
          <span className="max-w-36 truncate">{person.self ? `${person.name} (you)` : person.name}</span>
          {person.partnerIso2 ? null : <span className="text-muted">{person.organization}</span>}
        </li>
      ))}
    </ul>
  )
}
