import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { ConsentAnswer } from '~/components/review/consent-answer'
import { ConsentBadge } from '~/components/review/consent-badge'
import { ConsentSteps } from '~/components/review/consent-steps'
import { MarkingBadge, ProposalStateBadge } from '~/components/ui/badge'
import { LinkButton } from '~/components/ui/button'
import { Flag } from '~/components/ui/flag'
import { FormErrors } from '~/components/ui/form-errors'
import { Fact, Facts, Page, PageHeader, Section } from '~/components/ui/page'
import { parseForm } from '~/domain/form'
import { consentForm } from '~/domain/host-consent'
import { respond } from '~/faults.server'
import { attempt, refuseForm } from '~/form-action.server'
import { newMoveKey } from '~/projects.server'
import { answerConsent, consentPage } from '~/reviews.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `Consent of ${page?.host ?? 'the host'}: ${page?.title ?? ''} · FORGE` },
]

export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    return { ...(await consentPage(context.portal.db, actor, params.id ?? '')), key: newMoveKey() }
  })

export const action = ({ request, params, context }: ActionFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { portal, from } = context
    const id = params.id ?? ''
    const form = Object.fromEntries(await request.formData())
    // To somebody for whom it does not exist, a wrong form is no different from a right one.
    await consentPage(portal.db, actor, id)
    const parsed = parseForm(consentForm, form)
    if (!parsed.ok) return refuseForm(form, parsed.fields)
    const refused = await attempt(form, () => answerConsent({ db: portal.db }, actor, id, parsed.value, from))
    if (refused) return refused
    throw redirect(`/consents/${id}`)
  })

export default function Consent() {
  const page = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  return (
    <Page narrow>
      <PageHeader
        eyebrow={
          page.readsCase ? (
            <Link to={`/proposals/${page.proposalId}/case`}>Where it stands</Link>
          ) : (
            <Link to="/decisions">Decisions</Link>
          )
        }
        title={page.title}
        actions={
          page.version ? (
            <LinkButton to={`/proposals/${page.proposalId}/versions/${page.version}`} variant="primary">
              Read version {page.version}
            </LinkButton>
          ) : null
        }
      >
        <MarkingBadge marking={page.marking} />
        <ProposalStateBadge state={page.caseState} />
        <span className="inline-flex items-center gap-1.5">
          {page.lead.iso2 ? <Flag iso2={page.lead.iso2} size={16} /> : null}
          {page.lead.name} leads
        </span>
      </PageHeader>
      {refused?.message ? <FormErrors message={refused.message} /> : null}
      <Section title={`Consent of ${page.host}`}>
        <p className="mb-3 flex flex-wrap items-center gap-2 text-sm">
          <Flag iso2={page.iso2} size={16} />
          <ConsentBadge state={page.state} />
        </p>
        <p className="mb-4 max-w-prose text-sm text-muted">
          The site lies in {page.host}. FORGE endorses the case with the host’s consent only; a refusal stops
          it.
        </p>
        <Facts className="mb-4">
          <Fact term="Place">{page.place ?? 'not given'}</Fact>
          <Fact term="Minerals">{page.minerals.join(', ') || 'not given'}</Fact>
          <Fact term="Product">{page.product ?? 'not given'}</Fact>
          <Fact term="Operator">{page.operator ?? 'not given'}</Fact>
        </Facts>
        <ConsentSteps steps={page.steps} />
      </Section>
      {page.may.length ? (
        <ConsentAnswer
          key={page.state}
          may={page.may}
          host={page.host}
          isRecorded={page.isRecorded}
          formKey={page.key}
          sent={refused?.form ?? {}}
          problems={refused?.fields ?? {}}
        />
      ) : null}
    </Page>
  )
}
