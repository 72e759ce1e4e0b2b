import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { DocumentHeader } from '~/components/documents/document-header'
import { RestrictedParts } from '~/components/documents/restricted-parts'
import { LazyWriting } from '~/components/editor/lazy-writing'
import { staysWithHistory } from '~/components/history/history-address'
import { MarkingBadge, ProposalStateBadge } from '~/components/ui/badge'
import { LinkButton } from '~/components/ui/button'
import { Page } from '~/components/ui/page'
import { PrintMarking } from '~/components/ui/print-marking'
import { PROPOSAL_SECTIONS } from '~/domain/proposal-template'
import { respond } from '~/faults.server'
import { allMinerals, proposalPage } from '~/projects.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.title ?? 'Proposal'} · FORGE` },
]

export const shouldRevalidate = staysWithHistory

export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { db } = context.portal
    const page = await proposalPage(db, actor, params.id ?? '')
    const minerals = await allMinerals(db)
    return { ...page, account: actor.userId, minerals: minerals.map(({ id, name }) => ({ id, name })) }
  })

const SECTIONS = PROPOSAL_SECTIONS.map(({ fragment, title, hint }) => ({ fragment, title, hint }))

export default function Proposal() {
  const page = useLoaderData<typeof loader>()
  return (
    <Page>
      <PrintMarking marking={page.marking} title={page.title} />
      <DocumentHeader
        eyebrow={
          <>
            Proposal for <Link to={`/projects/${page.project.id}`}>{page.project.title}</Link>
          </>
        }
        title={page.title}
        documentId={page.document.id}
        badges={
          <>
            <MarkingBadge marking={page.marking} />
            <ProposalStateBadge state={page.state} />
          </>
        }
        owner={page.lead}
        grants={page.grants}
        mayInvite={page.mayInvite}
        actions={
          <LinkButton to={`/proposals/${page.id}/case`} size="sm">
            Where it stands
          </LinkButton>
        }
      />
      <RestrictedParts parts={page.parts} ask={page.ask} />
      <LazyWriting
        channelId={page.document.channelId}
        account={page.account}
        seesHistory
        sections={SECTIONS}
        owners={page.owners}
        facts={{ minerals: page.minerals }}
      />
    </Page>
  )
}
