import { Link } from '@remix-run/react'
import { useState } from 'react'
import { Badge } from '../ui/badge'
import { Button } from '../ui/button'
import { classNames } from '../ui/class-names'
import { Moment } from '../ui/date'
import { Flag } from '../ui/flag'
import { useMomentAddress } from './history-address'
import type { NamedSitting, NamedVersion, Show } from './shown'

const AT_FIRST = 60

type Entry =
  | { is: 'sitting'; seq: number; sitting: NamedSitting }
  | { is: 'version'; seq: number; version: NamedVersion }

/** Who wrote when, the last first, with the versions that have a name. Each leads to its moment. */
export function TimeLine({
  sittings,
  versions,
  at,
  show,
}: {
  sittings: readonly NamedSitting[]
  versions: readonly NamedVersion[]
  at: number
  show: Show
}) {
  const address = useMomentAddress()
  const [shown, setShown] = useState(AT_FIRST)
  const entries: Entry[] = [
    ...versions.map((version) => ({ is: 'version' as const, seq: version.seq, version })),
    ...sittings.map((sitting) => ({ is: 'sitting' as const, seq: sitting.to, sitting })),
  ].sort((a, b) => b.seq - a.seq)
  const chosen = entries.findIndex((entry) => entry.seq === at)
  const count = Math.max(shown, chosen + 5)
  return (
    <>
      <ol className="border-l-2 border-rule">
        {entries.slice(0, count).map((entry) => (
          <li key={`${entry.is} ${entry.seq}`} className="relative">
            <Link
              to={address.query({ at: entry.seq, from: null, show })}
              {...address.link}
              aria-current={entry.seq === at ? 'true' : undefined}
              className={classNames(
                '-ml-0.5 block border-l-4 py-1.5 pl-3 pr-2 text-sm hover:bg-accent-wash',
                entry.seq === at ? 'border-accent bg-accent-wash' : 'border-transparent',
              )}
            >
              {entry.is === 'sitting' ? (
                <SittingEntry sitting={entry.sitting} />
              ) : (
                <VersionEntry version={entry.version} />
              )}
            </Link>
          </li>
        ))}
      </ol>
      {entries.length > count ? (
        <Button
          type="button"
          size="sm"
          variant="quiet"
          className="mt-2"
          onClick={() => setShown(count + AT_FIRST)}
        >
          Earlier ({entries.length - count} more)
        </Button>
      ) : null}
    </>
  )
}

function SittingEntry({ sitting }: { sitting: NamedSitting }) {
  return (
    <>
      <span className="block text-xs text-muted">
        <Moment at={sitting.ended} />
      </span>
      <span className="block font-semibold text-ink">
        {sitting.iso2 ? <Flag iso2={sitting.iso2} size={16} className="mr-1.5" /> : null}
        {sitting.name}
      </span>
      {sitting.restored === null ? null : (
        <span className="block text-ink">brought an earlier version back</span>
      )}
      <span className="block text-xs text-muted">
        {sitting.organization}
        {' · '}
        <Words came={sitting.came} went={sitting.went} />
        {sitting.verified ? null : <Badge tone="red">not verified</Badge>}
      </span>
    </>
  )
}

function Words({ came, went }: { came: number; went: number }) {
  if (came === 0 && went === 0) return <span>no words changed</span>
  return (
    <span className="whitespace-nowrap">
      {came ? <span className="text-green">+{came.toLocaleString('en')}</span> : null}
      {came && went ? ' ' : null}
      {went ? <span className="text-red">−{went.toLocaleString('en')}</span> : null}
      {came + went === 1 ? ' word' : ' words'}
    </span>
  )
}

const VersionEntry = ({ version }: { version: NamedVersion }) => (
  <>
    <span className="block font-serif text-base font-semibold text-ink">{version.name}</span>
    <span className="block text-xs text-muted">
      named by {version.by}, {version.organization}, <Moment at={version.at} />
    </span>
  </>
)
