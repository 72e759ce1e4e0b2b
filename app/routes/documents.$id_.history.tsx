import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { useState } from 'react'
import { Authors } from '~/components/history/authors'
import { FactChanges } from '~/components/history/fact-changes'
import { HistorySections } from '~/components/history/history-sections'
import { Scrubber } from '~/components/history/scrubber'
import { momentQuery, SHOWS, type Show } from '~/components/history/shown'
import { TimeLine } from '~/components/history/time-line'
import { VersionActs } from '~/components/history/version-acts'
import { MarkingBadge } from '~/components/ui/badge'
import { Button, LinkButton } from '~/components/ui/button'
import { classNames } from '~/components/ui/class-names'
import { FormErrors } from '~/components/ui/form-errors'
import { Page, PageHeader, Section } from '~/components/ui/page'
import { PrintMarking } from '~/components/ui/print-marking'
import { documentFor, nameVersion, readHistory, restoreVersion } from '~/documents.server'
import { type FieldProblems, isFault } from '~/domain/fault'
import { versionName } from '~/domain/history'
import { respond } from '~/faults.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `History: ${page?.title ?? 'Document'} · FORGE` },
]

const isShow = (value: unknown): value is Show => typeof value === 'string' && value in SHOWS
const seqOf = (text: string | null) => (text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null)

export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const query = new URL(request.url).searchParams
    const wanted = query.get('show')
    const show = isShow(wanted) ? wanted : 'changes'
    const chosenFrom = seqOf(query.get('from'))
    const { document, ...history } = await readHistory(context.portal, actor, params.id ?? '', {
      at: seqOf(query.get('at')),
      from: chosenFrom,
      compare: show === 'changes',
    })
    return {
      ...history,
      versions: history.versions.map((version) => ({ ...version, at: version.at.toISOString() })),
      show,
      chosenFrom,
      title: document.title,
      marking: document.scope.marking,
      kind: document.kind,
      back: document.proposal ? `/proposals/${document.proposal.id}` : `/documents/${document.id}`,
    }
  })

export const action = ({ request, params, context }: ActionFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { portal, from } = context
    const id = params.id ?? ''
    const form = Object.fromEntries(await request.formData())
    const seq = seqOf(String(form.seq)) ?? 0
    const refuse = (message: string | null, fields: FieldProblems = {}) =>
      data({ message, fields, name: String(form.name ?? '') }, { status: 422 })
    try {
      switch (form.act) {
        case 'name': {
          const name = versionName.safeParse(form.name)
          // Who may not read it is told nothing else.
          await documentFor(portal.db, actor, id, 'read')
          if (!name.success) {
            const problems = name.error.issues.map((issue) => issue.message)
            return refuse(null, { name: problems })
          }
          await nameVersion(portal.db, actor, id, { seq, name: name.data }, from)
          break
        }
        case 'remove':
          await nameVersion(portal.db, actor, id, { seq, name: null }, from)
          break
        case 'restore':
          await restoreVersion(portal, actor, id, seq, from)
          throw redirect(`/documents/${id}/history`)
        default:
          await documentFor(portal.db, actor, id, 'read')
          return refuse('This page does not know that act. Load it again.')
      }
    } catch (error) {
      if (isFault(error) && (error.fault === 'conflict' || error.fault === 'invalid'))
        return refuse(error.message, error.fields)
      throw error
    }
    throw redirect(`/documents/${id}/history?at=${seq}`)
  })

const PANES = ['Text', 'Time line'] as const

export default function History() {
  const page = useLoaderData<typeof loader>()
  const { sittings, versions, at, from, show, chosenFrom } = page
  const [pane, setPane] = useState<(typeof PANES)[number]>('Text')
  const loading = useNavigation().state === 'loading'
  const refused = useActionData<typeof action>()
  const head = Math.max(...sittings.map((sitting) => sitting.to), 0)
  const text = <HistorySections sections={page.sections} show={show} />
  return (
    <Page>
      <PrintMarking marking={page.marking} title={page.title} />
      <PageHeader eyebrow={<Link to={page.back}>{page.title}</Link>} title="History">
        <MarkingBadge marking={page.marking} />
      </PageHeader>
      {refused?.message ? <FormErrors message={refused.message} /> : null}
      <nav aria-label="Shown" className="mb-3 flex flex-wrap gap-1">
        {(Object.keys(SHOWS) as Show[]).map((each) => (
          <LinkButton
            key={each}
            to={momentQuery({ at, from: chosenFrom, show: each })}
            size="sm"
            variant={each === show ? 'primary' : 'secondary'}
            aria-current={each === show ? 'true' : undefined}
            preventScrollReset
          >
            {SHOWS[each]}
          </LinkButton>
        ))}
      </nav>
      <div className="no-print mb-4 border-y border-rule py-2">
        <Scrubber {...{ sittings, versions, at, from, chosenFrom, show }} />
        {page.mayWrite && at > 0 ? (
          <div className="mt-2">
            <VersionActs
              at={at}
              isNow={at === head}
              version={versions.find((version) => version.seq === at)}
              problems={refused?.fields ?? {}}
              typed={refused?.name ?? ''}
            />
          </div>
        ) : null}
      </div>
      <div className="no-print mb-3 flex gap-1 lg:hidden">
        {PANES.map((name) => (
          <Button
            key={name}
            type="button"
            size="sm"
            variant={pane === name ? 'primary' : 'secondary'}
            aria-pressed={pane === name}
            onClick={() => setPane(name)}
          >
            {name}
          </Button>
        ))}
      </div>
      <div className="gap-x-8 lg:grid lg:grid-cols-[minmax(0,1fr)_19rem]">
        <div
          aria-busy={loading || undefined}
          className={classNames(
            'min-w-0 max-w-[48rem]',
            loading && 'opacity-70',
            pane === 'Text' ? undefined : 'hidden lg:block',
          )}
        >
          {page.kind === 'proposal' && show !== 'authors' ? (
            <Section title="Key facts">
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
            'no-print self-start lg:sticky lg:top-4 lg:max-h-[calc(100dvh-2rem)] lg:overflow-y-auto',
            pane === 'Time line' ? undefined : 'hidden lg:block',
          )}
        >
          <h2 id="time-line" className="mb-2 text-lg">
            Who wrote when
          </h2>
          <TimeLine {...{ sittings, versions, at, show }} />
        </aside>
      </div>
    </Page>
  )
}
