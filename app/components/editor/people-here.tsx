import type { Present } from '../../collab/document-types'
import { classNames } from '../ui/class-names'
import { Flag } from '../ui/flag'
import { initials, once } from './people'

/** So many show in the bar; everybody stands in the list. */
const SHOWN = 6
/** Up to so many with their names. */
const NAMED = 3

/** Who has the document open, in the bar. */
export function PeopleHere({ people }: { people: readonly Present[] }) {
  const all = once(people)
  const named = all.length <= NAMED
  return (
    <ul aria-label="Here now" className="flex min-w-0 flex-wrap items-center gap-1">
      {all.map((person, index) => (
        <li
          key={person.userId}
          title={`${person.name}, ${person.organization}`}
          className={
            index < SHOWN
              ? 'flex items-center gap-1.5 rounded-sm border border-rule bg-sheet px-1.5 py-0.5 text-xs'
              : 'sr-only'
          }
        >
          <Mark person={person} />
          <span aria-hidden="true" className={classNames('font-semibold', named && 'sm:hidden')}>
            {initials(person.name)}
          </span>
          <span className={classNames('sr-only', named && 'sm:not-sr-only sm:max-w-40 sm:truncate')}>
            {person.self ? `${person.name} (you)` : person.name}
          </span>
        </li>
      ))}
      {all.length > SHOWN ? (
        <li aria-hidden="true" className="px-1 text-xs text-muted">
          +{all.length - SHOWN}
        </li>
      ) : null}
    </ul>
  )
}

/** Everybody who has the document open, with their delegation and where they write. */
export function PeopleList({
  people,
  titleOf,
  onGo,
}: {
  people: readonly Present[]
  titleOf: (fragment: string) => string | null
  /** After a way to somebody's section was taken. */
  onGo: () => void
}) {
  return (
    <ul className="text-sm">
      {once(people).map((person) => {
        const title = person.fragment ? titleOf(person.fragment) : null
        return (
          <li key={person.userId} className="flex items-start gap-2 border-b border-rule py-1.5">
            <span className="mt-1">
              <Mark person={person} />
            </span>
            <span className="min-w-0">
              {person.self ? `${person.name} (you)` : person.name}
              <span className="block text-xs text-muted">
                {person.organization}
                {person.access === 'write' ? '' : person.access === 'comment' ? ', comments' : ', reads'}
                {title ? (
                  <>
                    {', writes in '}
                    <a href={`#${person.fragment}`} className="link" onClick={onGo}>
                      {title}
                    </a>
                  </>
                ) : null}
              </span>
            </span>
          </li>
        )
      })}
    </ul>
  )
}

/** The colour of their caret, and their flag. */
function Mark({ person }: { person: Present }) {
  return (
    <span className="flex shrink-0 items-center gap-1.5">
      <svg width="8" height="8" aria-hidden="true">
        <circle cx="4" cy="4" r="4" fill={person.color} />
      </svg>
      {person.partnerIso2 ? <Flag iso2={person.partnerIso2} size={16} title={person.organization} /> : null}
    </span>
  )
}
