import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { FrozenParts } from '~/components/documents/frozen-parts'
import { FactChanges } from '~/components/history/fact-changes'
import { HistorySections } from '~/components/history/history-sections'
import { SectionQuestions } from '~/components/review/section-questions'
import { MarkingBadge } from '~/components/ui/badge'
import { LinkButton } from '~/components/ui/button'
import { Moment } from '~/components/ui/date'
import { Flag } from '~/components/ui/flag'
import { Page, PageHeader, Section } from '~/components/ui/page'
import { PrintMarking } from '~/components/ui/print-marking'
import { notFound } from '~/domain/fault'
import { parseForm } from '~/domain/form'
import { questionForm } from '~/domain/review'
import { versionNumber } from '~/domain/version-number'
import { respond } from '~/faults.server'
import { attempt, refuseForm } from '~/form-action.server'
import { newMoveKey } from '~/projects.server'
import { askAuthors, questionsOnVersion, readFrozen } from '~/reviews.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `Version ${page?.number ?? ''}: ${page?.title ?? 'Proposal'} · FORGE` },
]

export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const number = versionNumber(params.number)
    if (number === null) throw notFound()
    const since = versionNumber(new URL(request.url).searchParams.get('since'))
    const { db, documents } = context.portal
    const page = await readFrozen({ db, documents }, actor, params.id ?? '', number, since)
    return { ...page, ...(await questionsOnVersion(db, actor, page.proposalId, number)), key: newMoveKey() }
  })

export const action = ({ request, params, context }: ActionFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { portal, from } = context
    const form = Object.fromEntries(await request.formData())
    const { where } = await questionsOnVersion(
      portal.db,
      actor,
      params.id ?? '',
      versionNumber(params.number) ?? 0,
    )
    if (!where) throw notFound()
    const parsed = parseForm(questionForm, form)
    if (!parsed.ok) return refuseForm(form, parsed.fields)
    const refused = await attempt(form, () => askAuthors(portal.db, actor, where, parsed.value, from))
    if (refused) return refused
    const { pathname, search } = new URL(request.url)
    throw redirect(`${pathname.replace(/\.data$/, '')}${search}#${parsed.value.fragment}-title`)
  })

export default function FrozenVersion() {
  const page = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  return (
    <Page>
      <PrintMarking marking={page.marking} title={page.title} />
      <PageHeader
        eyebrow={
          page.isReader ? <Link to={`/proposals/${page.proposalId}/case`}>{page.title}</Link> : page.title
        }
        title={
          page.earlier
            ? `What changed from version ${page.earlier} to ${page.number}`
            : `Version ${page.number}`
        }
        actions={
          page.earlier ? (
            <LinkButton to={`/proposals/${page.proposalId}/versions/${page.number}`}>
              Without the changes
            </LinkButton>
          ) : page.number > 1 ? (
            <LinkButton to={`/proposals/${page.proposalId}/versions/${page.number}?since=${page.number - 1}`}>
              What changed since version {page.number - 1}
            </LinkButton>
          ) : null
        }
      >
        <MarkingBadge marking={page.marking} />
        <span className="inline-flex items-center gap-1.5">
          {page.lead.iso2 ? <Flag iso2={page.lead.iso2} size={16} /> : null}
          {page.lead.name} leads
        </span>
        <span>
          submitted <Moment at={page.submittedAt} />, frozen
        </span>
      </PageHeader>
      <p className="mb-6 text-xs text-muted">
        SHA-256 <code className="break-all">{page.sha256}</code>
      </p>
      <Section title="Key facts">
        <FactChanges facts={page.facts} show={page.earlier ? 'changes' : 'text'} />
      </Section>
      <HistorySections
        sections={page.sections}
        show={page.earlier ? 'changes' : 'text'}
        beside={(fragment) => (
          <SectionQuestions
            fragment={fragment}
            questions={page.questions.filter((question) => question.fragment === fragment)}
            askKey={page.where ? page.key : null}
            refused={refused?.form.fragment === fragment ? refused : null}
          />
        )}
      />
      <FrozenParts parts={page.parts} ask={page.ask} />
    </Page>
  )
}
