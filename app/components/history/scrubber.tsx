import { useNavigate } from '@remix-run/react'
import { useEffect, useRef, useState } from 'react'
import { LinkButton } from '../ui/button'
import { classNames } from '../ui/class-names'
import { useMomentAddress } from './history-address'
import type { NamedSitting, NamedVersion, Show } from './shown'
import { useMomentText } from './use-moment-text'

const SETTLE_MS = 200

/** Goes through the moments of a document, by a slider and step by step, and chooses what to compare with. */
export function Scrubber({
  sittings,
  versions,
  at,
  from,
  chosenFrom,
  show,
  beside = false,
}: {
  sittings: readonly NamedSitting[]
  versions: readonly NamedVersion[]
  at: number
  /** The moment that is compared with, chosen or not. */
  from: number
  chosenFrom: number | null
  show: Show
  /** In the panel, which is narrow on any screen. */
  beside?: boolean
}) {
  const navigate = useNavigate()
  const address = useMomentAddress()
  const momentText = useMomentText()
  const moments = [...new Set([...sittings.map((one) => one.to), ...versions.map((one) => one.seq)])].sort(
    (a, b) => a - b,
  )
  const here = Math.max(
    moments.findLastIndex((moment) => moment <= at),
    0,
  )
  const [place, setPlace] = useState(here)
  const timer = useRef<ReturnType<typeof setTimeout>>()
  useEffect(() => setPlace(here), [here])
  useEffect(() => () => clearTimeout(timer.current), [])

  const labelOf = (moment: number) => {
    const version = versions.find((one) => one.seq === moment)
    const sitting =
      sittings.find((one) => one.to === moment) ?? sittings.findLast((one) => one.from <= moment)
    const written = sitting ? `${momentText(sitting.ended)}, ${sitting.name}` : `entry ${moment}`
    return version ? `${version.name} (${written})` : written
  }
  const go = (moment: number | undefined) =>
    moment === undefined ? '' : address.query({ at: moment, from: null, show })
  const [before, after] = [moments[here - 1], moments[here + 1]]
  const chosen = moments[place]

  function slide(next: number) {
    setPlace(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(
      () => navigate(go(moments[next]), { ...address.link, replace: true }),
      SETTLE_MS,
    )
  }

  return (
    <div className={classNames('grid gap-x-6 gap-y-2', !beside && 'sm:grid-cols-[1fr_auto]')}>
      <div className="flex min-w-0 items-center gap-2">
        <Step to={before === undefined ? null : go(before)} label="Earlier version" sign="‹" />
        <input
          type="range"
          aria-label="Version"
          aria-valuetext={chosen === undefined ? undefined : labelOf(chosen)}
          min={0}
          max={Math.max(moments.length - 1, 0)}
          value={place}
          disabled={moments.length < 2}
          onChange={(event) => slide(event.target.valueAsNumber)}
          className="h-8 min-w-0 flex-1 accent-accent"
        />
        <Step to={after === undefined ? null : go(after)} label="Later version" sign="›" />
      </div>
      {show === 'changes' ? (
        <label className="flex min-w-0 flex-wrap items-center gap-x-2 text-sm">
          <span className="whitespace-nowrap">Compared with</span>
          <select
            className="control w-full sm:w-64"
            value={chosenFrom === null ? '' : String(from)}
            onChange={(event) =>
              navigate(
                address.query({
                  at,
                  from: event.target.value === '' ? null : Number(event.target.value),
                  show,
                }),
                address.link,
              )
            }
          >
            <option value="">the version before</option>
            {[0, ...moments].toReversed().map((moment) => (
              <option key={moment} value={moment}>
                {moment === 0 ? 'the empty document' : labelOf(moment)}
              </option>
            ))}
            {chosenFrom !== null && from !== 0 && !moments.includes(from) ? (
              <option value={from}>entry {from}</option>
            ) : null}
          </select>
        </label>
      ) : null}
      <p className="col-span-full text-sm text-muted">
        {chosen === undefined ? 'Nothing is written yet.' : labelOf(chosen)}
        {chosen !== undefined && chosen === moments.at(-1) ? ' (the text as it is now)' : null}
      </p>
    </div>
  )
}

function Step({ to, label, sign }: { to: string | null; label: string; sign: string }) {
  const { link } = useMomentAddress()
  if (to === null)
    return (
      <span aria-hidden="true" className="px-2.5 text-lg text-line">
        {sign}
      </span>
    )
  return (
    <LinkButton to={to} size="sm" aria-label={label} title={label} {...link}>
      {sign}
    </LinkButton>
  )
}
