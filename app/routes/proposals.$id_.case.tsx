import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { CaseMoves } from '~/components/proposals/case-moves'
import { CaseTimeLine } from '~/components/proposals/case-time-line'
import { CaseVersions } from '~/components/proposals/case-versions'
import { LikeIt } from '~/components/proposals/like-it'
import { MissingList } from '~/components/proposals/missing-list'
import { MarkingBadge, ProposalStateBadge } from '~/components/ui/badge'
import { Day } from '~/components/ui/date'
import { Flag } from '~/components/ui/flag'
import { FormErrors } from '~/components/ui/form-errors'
import { Page, PageHeader, Section } from '~/components/ui/page'
import { type FieldProblems, isFault } from '~/domain/fault'
import { parseForm } from '~/domain/form'
import { HELD_BY } from '~/domain/proposal-machine'
import { respond } from '~/faults.server'
import { moveForm, moveProposal, newMoveKey, proposalCase } from '~/projects.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `Where it stands: ${page?.title ?? 'Proposal'} · FORGE` },
]

export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    return { ...(await proposalCase(context.portal.db, actor, params.id ?? '')), key: newMoveKey() }
  })

export const action = ({ request, params, context }: ActionFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { portal, from } = context
    const { db, channels, documents, mail, config } = portal
    const form = Object.fromEntries(await request.formData())
    const refuse = (fields: FieldProblems, message: string | null, status = 422) =>
      data({ message, fields, reason: String(form.reason ?? '') }, { status })
    const parsed = parseForm(moveForm, form)
    if (!parsed.ok) {
      // To somebody for whom it does not exist, a wrong form is no different from a right one.
      await proposalCase(db, actor, params.id ?? '')
      return refuse(parsed.fields, parsed.fields.reason ? null : 'Load the page again.')
    }
    try {
      const parts = { db, channels, documents, mail, origin: config.origin }
      await moveProposal(parts, actor, params.id ?? '', parsed.value, from)
    } catch (error) {
      if (isFault(error) && (error.fault === 'conflict' || error.fault === 'invalid'))
        return refuse(error.fields, error.message, error.fault === 'conflict' ? 409 : 422)
      throw error
    }
    throw redirect(`/proposals/${params.id}/case`)
  })

export default function Case() {
  const page = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  return (
    <Page narrow>
      <PageHeader eyebrow={<Link to={`/proposals/${page.id}`}>{page.title}</Link>} title="Where it stands">
        <MarkingBadge marking={page.marking} />
        <ProposalStateBadge state={page.state} />
        <span className="inline-flex items-center gap-1.5">
          {page.lead.iso2 ? <Flag iso2={page.lead.iso2} size={16} /> : null}
          {page.lead.name} leads
        </span>
      </PageHeader>
      {refused?.message ? <FormErrors message={refused.message} /> : null}
      <p className="mb-6 max-w-prose">
        It is with {HELD_BY[page.state]}.
        {page.dueOn ? (
          <>
            {' '}
            The answer whether it is complete is due on <Day date={page.dueOn} />.
          </>
        ) : null}
      </p>
      {page.missing ? <MissingList missing={page.missing} proposalId={page.id} /> : null}
      <CaseMoves
        key={page.state}
        may={page.may}
        state={page.state}
        moveKey={page.key}
        isComplete={page.missing?.length === 0}
        refused={refused ? { reason: refused.reason, problems: refused.fields.reason } : null}
      />
      {page.alike ? <LikeIt projects={page.alike} /> : null}
      <Section title="What happened">
        <CaseTimeLine moves={page.moves} />
      </Section>
      <CaseVersions versions={page.versions} />
    </Page>
  )
}
