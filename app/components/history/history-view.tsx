import type { FormProps } from '@remix-run/react'
import { useState } from 'react'
import { LinkButton } from '../ui/button'
import { classNames } from '../ui/class-names'
import { FormErrors } from '../ui/form-errors'
import { Section } from '../ui/page'
import { PaneSwitch } from '../ui/pane-switch'
import { Authors } from './authors'
import { FactChanges } from './fact-changes'
import { useMomentAddress } from './history-address'
import { HistorySections } from './history-sections'
import { Scrubber } from './scrubber'
import { type HistoryAnswer, type HistoryPage, SHOWS, type Show } from './shown'
import { TimeLine } from './time-line'
import { VersionActs } from './version-acts'

const PANES = ['Text', 'Time line'] as const

/**
 * A document's history: the moments to go through, the text of one of them with what differs from another or who wrote
 * it, and what may be done with it. `beside`: in a panel, where one thing is shown at a time and ids may be taken.
 */
export function HistoryView({
  page,
  answer,
  loading,
  form,
  beside = false,
}: {
  page: HistoryPage
  answer: HistoryAnswer | undefined
  loading: boolean
  /** How its acts are sent. */
  form?: Omit<FormProps, 'children'>
  beside?: boolean
}) {
  const { sittings, versions, at, from, show, chosenFrom } = page
  const address = useMomentAddress()
  const [pane, setPane] = useState<(typeof PANES)[number]>('Text')
  const refused = answer && !answer.done && answer.seq === at ? answer : null
  const head = Math.max(...sittings.map((sitting) => sitting.to), 0)
  const wide = (classes: string) => (beside ? undefined : classes)
  const text = (
    <HistorySections sections={page.sections} show={show} idPrefix={beside ? 'history-' : undefined} />
  )
  const panes = (
    <PaneSwitch
      legend="Shown of the history"
      panes={PANES}
      shown={pane}
      show={setPane}
      className={wide('mb-3 lg:hidden')}
    />
  )
  const isFactChanged = page.facts.some(({ before, after }) => before !== after)
  return (
    <>
      {refused?.message ? <FormErrors message={refused.message} /> : null}
      <div className="mb-3 flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <nav aria-label="Shown" className="flex flex-wrap gap-1">
          {(Object.keys(SHOWS) as Show[]).map((each) => (
            <LinkButton
              key={each}
              to={address.query({ at, from: chosenFrom, show: each })}
              {...address.link}
              size="sm"
              variant={each === show ? 'primary' : 'secondary'}
              aria-current={each === show ? 'true' : undefined}
            >
              {SHOWS[each]}
            </LinkButton>
          ))}
        </nav>
        {beside ? panes : null}
      </div>
      <div className="no-print mb-4 border-y border-rule py-2">
        <Scrubber {...{ sittings, versions, at, from, chosenFrom, show, beside }} />
        {page.mayWrite && at > 0 ? (
          <div className="mt-2">
            <VersionActs
              at={at}
              isNow={at === head}
              version={versions.find((version) => version.seq === at)}
              problems={refused?.fields ?? {}}
              typed={refused?.name ?? ''}
              form={form}
            />
          </div>
        ) : null}
      </div>
      {beside ? null : panes}
      <div className={wide('gap-x-8 lg:grid lg:grid-cols-[minmax(0,1fr)_19rem]')}>
        <div
          aria-busy={loading || undefined}
          className={classNames(
            'min-w-0 max-w-[48rem]',
            loading && 'opacity-70',
            pane === 'Text' ? undefined : classNames('hidden', wide('lg:block')),
          )}
        >
          {page.hasFacts && show !== 'authors' && (!beside || show !== 'changes' || isFactChanged) ? (
            <Section title="Key facts" level={beside ? 3 : 2}>
              <FactChanges facts={page.facts} show={show} />
            </Section>
          ) : null}
          {show === 'authors' ? (
            <Authors key={at} sittings={sittings}>
              {text}
            </Authors>
          ) : (
            text
          )}
        </div>
        <aside
          aria-labelledby="time-line"
          className={classNames(
            'no-print self-start',
            wide('lg:sticky lg:top-4 lg:max-h-[calc(100dvh-2rem)] lg:overflow-y-auto'),
            pane === 'Time line' ? undefined : classNames('hidden', wide('lg:block')),
          )}
        >
          <h2 id="time-line" className="mb-2 text-lg">
            Who wrote when
          </h2>
          <TimeLine {...{ sittings, versions, at, show }} />
        </aside>
      </div>
    </>
  )
}
