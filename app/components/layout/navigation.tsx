import { Link, useLocation } from '@remix-run/react'
import { ChevronDown } from 'lucide-react'
import { classNames } from '../ui/class-names'
import type { Reader } from './reader'

/** From which width a place stands in the row of tabs; below it, it is in the menu “More”. */
type From = 'always' | 'lg' | 'xl'
type Place = { to: string; label: string; below: RegExp; from: From }

const FINANCING: Place = {
  to: '/financing',
  label: 'Financing',
  below: /^\/financing(\/|$)/,
  from: 'always',
}
const PIPELINE: Place = { to: '/pipeline', label: 'Pipeline', below: /^\/pipeline(\/|$)/, from: 'always' }

function placesFor(reader: Reader): Place[] {
  // An institution sees what it was asked, and nothing else.
  if (reader.organization.kind === 'institution')
    return [
      FINANCING,
      PIPELINE,
      { to: '/delegation', label: 'People', below: /^\/delegation(\/|$)/, from: 'always' },
    ]
  return [
    { to: '/desk', label: 'Desk', below: /^\/desk(\/|$)/, from: 'always' },
    { to: '/projects', label: 'Projects', below: /^\/projects(\/|$)/, from: 'always' },
    { to: '/proposals', label: 'Proposals', below: /^\/proposals(\/|$)/, from: 'always' },
    PIPELINE,
    FINANCING,
    { to: '/reviews', label: 'Reviews', below: /^\/reviews(\/|$)/, from: 'always' },
    { to: '/decisions', label: 'Decisions', below: /^\/(decisions|silence|consents)(\/|$)/, from: 'always' },
    { to: '/groups', label: 'Groups', below: /^\/(groups|sessions)(\/|$)/, from: 'always' },
    { to: '/supply', label: 'Supply', below: /^\/(supply|minerals)(\/|$)/, from: 'lg' },
    { to: '/partners', label: 'Partners', below: /^\/(partners|agreements)(\/|$)/, from: 'xl' },
    { to: '/documents', label: 'Documents', below: /^\/documents(\/|$)/, from: 'xl' },
    {
      to: '/delegation',
      label: reader.organization.kind === 'secretariat' ? 'People' : 'Delegation',
      below: /^\/delegation(\/|$)/,
      from: 'xl',
    },
    ...(reader.organization.role === 'administrator'
      ? [{ to: '/audit', label: 'Audit trail', below: /^\/audit(\/|$)/, from: 'xl' as const }]
      : []),
  ]
}

const IN_ROW: Record<From, string> = {
  always: '',
  lg: 'hidden lg:block',
  xl: 'hidden xl:block',
}
const IN_MENU: Record<From, string> = { always: 'hidden', lg: 'lg:hidden', xl: 'xl:hidden' }
/** The menu is marked while the page's place is in it. */
const HERE: Record<From, string> = {
  always: 'border-transparent text-muted',
  lg: 'border-ochre text-ink lg:border-transparent lg:text-muted',
  xl: 'border-ochre text-ink xl:border-transparent xl:text-muted',
}

/** The portal's parts. `across`: tabs beneath the masthead, what has no room there in a menu; `down`: lines in the phone's menu. */
export function Navigation({ reader, direction }: { reader: Reader; direction: 'across' | 'down' }) {
  const { pathname, key } = useLocation()
  const places = placesFor(reader)
  if (direction === 'down') {
    return (
      <nav aria-label="Parts of the portal">
        <ul className="divide-y divide-rule">
          {places.map((place) => (
            <PlaceLine key={place.to} place={place} pathname={pathname} />
          ))}
        </ul>
      </nav>
    )
  }
  const further = places.filter(({ from }) => from !== 'always')
  return (
    <nav aria-label="Parts of the portal">
      <ul className="flex gap-0.5">
        {places.map(({ to, label, below, from }) => (
          <li key={to} className={IN_ROW[from]}>
            <Link
              to={to}
              prefetch="intent"
              aria-current={currentOf(pathname, to, below)}
              className={classNames(
                '-mb-px block border-b-[3px] px-2.5 pb-1.5 pt-2 text-sm font-semibold',
                below.test(pathname)
                  ? 'border-ochre text-ink'
                  : 'border-transparent text-muted hover:border-line hover:text-ink',
              )}
            >
              {label}
            </Link>
          </li>
        ))}
        {further.length ? (
          <li className="xl:hidden">
            <More key={key} further={further} pathname={pathname} />
          </li>
        ) : null}
      </ul>
    </nav>
  )
}

const currentOf = (pathname: string, to: string, below: RegExp) =>
  pathname === to ? 'page' : below.test(pathname) ? 'true' : undefined

/** Opens and closes without scripts; a new page closes it, as do Escape and leaving it. */
function More({ further, pathname }: { further: readonly Place[]; pathname: string }) {
  const here = further.find(({ below }) => below.test(pathname))
  return (
    <details
      className="relative"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.currentTarget.open = false
        event.currentTarget.querySelector('summary')?.focus()
      }}
      onBlur={(event) => {
        // Without a next place the pointer may be on its way to one of the lines: not every browser focuses a link by it.
        if (event.relatedTarget && !event.currentTarget.contains(event.relatedTarget))
          event.currentTarget.open = false
      }}
    >
      <summary
        className={classNames(
          '-mb-px flex list-none items-center gap-1 border-b-[3px] px-2.5 pb-1.5 pt-2 text-sm font-semibold hover:text-ink [&::-webkit-details-marker]:hidden',
          HERE[here?.from ?? 'always'],
        )}
      >
        More
        <ChevronDown aria-hidden="true" className="size-3.5" />
      </summary>
      <ul className="absolute right-0 top-full z-30 mt-px w-48 divide-y divide-rule border border-line bg-sheet shadow-raised">
        {further.map((place) => (
          <PlaceLine key={place.to} place={place} pathname={pathname} className={IN_MENU[place.from]} />
        ))}
      </ul>
    </details>
  )
}

function PlaceLine({
  place: { to, label, below },
  pathname,
  className,
}: {
  place: Place
  pathname: string
  className?: string
}) {
  return (
    <li className={className}>
      <Link
        to={to}
        prefetch="intent"
        aria-current={currentOf(pathname, to, below)}
        className={classNames(
          'block border-l-[3px] px-3 py-2.5 text-base font-semibold',
          below.test(pathname)
            ? 'border-ochre text-ink'
            : 'border-transparent text-muted hover:border-line hover:text-ink',
        )}
      >
        {label}
      </Link>
    </li>
  )
}
