import { Link, useLocation } from '@remix-run/react'
import { classNames } from '../ui/class-names'
import type { Reader } from './reader'

type Place = { to: string; label: string; below: RegExp }

const FINANCING: Place = { to: '/financing', label: 'Financing', below: /^\/financing(\/|$)/ }
const PIPELINE: Place = { to: '/pipeline', label: 'Pipeline', below: /^\/pipeline(\/|$)/ }

function placesFor(reader: Reader): Place[] {
  // An institution sees what it was asked, and nothing else.
  if (reader.organization.kind === 'institution')
    return [FINANCING, PIPELINE, { to: '/delegation', label: 'People', below: /^\/delegation(\/|$)/ }]
  return [
    { to: '/desk', label: 'Desk', below: /^\/desk(\/|$)/ },
    { to: '/projects', label: 'Projects', below: /^\/projects(\/|$)/ },
    { to: '/proposals', label: 'Proposals', below: /^\/proposals(\/|$)/ },
    PIPELINE,
    FINANCING,
    { to: '/reviews', label: 'Reviews', below: /^\/reviews(\/|$)/ },
    { to: '/decisions', label: 'Decisions', below: /^\/(decisions|silence)(\/|$)/ },
    { to: '/groups', label: 'Groups', below: /^\/(groups|sessions)(\/|$)/ },
    { to: '/supply', label: 'Supply', below: /^\/(supply|minerals)(\/|$)/ },
    { to: '/partners', label: 'Partners', below: /^\/(partners|agreements)(\/|$)/ },
    { to: '/documents', label: 'Documents', below: /^\/documents(\/|$)/ },
    {
      to: '/delegation',
      label: reader.organization.kind === 'secretariat' ? 'People' : 'Delegation',
      below: /^\/delegation(\/|$)/,
    },
    ...(reader.organization.role === 'administrator'
      ? [{ to: '/audit', label: 'Audit trail', below: /^\/audit(\/|$)/ }]
      : []),
  ]
}

/** The portal's parts. `across`: tabs beneath the masthead; `down`: lines in the phone's menu. */
export function Navigation({ reader, direction }: { reader: Reader; direction: 'across' | 'down' }) {
  const { pathname } = useLocation()
  return (
    <nav aria-label="Parts of the portal">
      <ul className={direction === 'across' ? 'flex gap-1' : 'divide-y divide-rule'}>
        {placesFor(reader).map(({ to, label, below }) => {
          const here = below.test(pathname)
          return (
            <li key={to}>
              <Link
                to={to}
                prefetch="intent"
                aria-current={pathname === to ? 'page' : here ? 'true' : undefined}
                className={classNames(
                  'block font-semibold',
                  direction === 'across'
                    ? 'border-b-[3px] px-3 pb-1.5 pt-2 text-sm -mb-px'
                    : 'border-l-[3px] px-3 py-2.5 text-base',
                  here
                    ? 'border-ochre text-ink'
                    : 'border-transparent text-muted hover:border-line hover:text-ink',
                )}
              >
                {label}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
