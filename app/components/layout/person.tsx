import { Link } from '@remix-run/react'
import { ROLE_LABEL } from '../../domain/role-words'
import { classNames } from '../ui/class-names'
import { Flag } from '../ui/flag'
import type { Reader } from './reader'

/** Who is signed in, for whom, as what; leads to the account. */
export function Person({ reader, on }: { reader: Reader; on: 'bar' | 'sheet' }) {
  const { organization } = reader
  return (
    <Link
      to="/account"
      className={classNames(
        'flex min-w-0 items-center gap-2.5 rounded-sm leading-tight',
        on === 'bar' && 'text-on-bar focus-visible:outline-bar-mark',
      )}
    >
      {organization.kind === 'delegation' ? <Flag iso2={organization.partnerIso2} size={28} /> : null}
      <span className="min-w-0">
        <span className="block truncate text-sm font-semibold">{reader.name}</span>
        <span
          className={classNames('block truncate text-xs', on === 'bar' ? 'text-on-bar-muted' : 'text-muted')}
        >
          {organization.name}, {ROLE_LABEL[organization.role].label}
        </span>
      </span>
      <span className="sr-only">: your account</span>
    </Link>
  )
}
