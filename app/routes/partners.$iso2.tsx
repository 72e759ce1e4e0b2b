import { type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { MentionedIn } from '~/components/documents/mentioned-in'
import { PartnerAgreements } from '~/components/partners/partner-agreements'
import { ProgrammeTable } from '~/components/partners/programme-table'
import { ProjectTable } from '~/components/partners/project-table'
import { Badge } from '~/components/ui/badge'
import { EmptyState } from '~/components/ui/empty'
import { Flag } from '~/components/ui/flag'
import { Fact, Facts, Page, PageHeader, Section } from '~/components/ui/page'
import { Source } from '~/components/ui/source'
import { notFound } from '~/domain/fault'
import { respond } from '~/faults.server'
import { mentionedIn, partnerOf, projectsOfPartner } from '~/partners.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.partner.name} · FORGE` : 'Partner · FORGE' },
]

export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { db } = context.portal
    const code = params.iso2 ?? ''
    const found = await partnerOf(db, code.toUpperCase())
    if (!found) throw notFound()
    if (code !== found.partner.iso2) throw redirect(`/partners/${found.partner.iso2}`)
    const [projects, mentions] = await Promise.all([
      projectsOfPartner(db, actor, code),
      mentionedIn(db, actor, { kind: 'partner', id: code }),
    ])
    return { ...found, projects, mentions, today: new Date().toISOString().slice(0, 10) }
  })

export default function Partner() {
  const { partner, standings, inPortal, agreements, projects, mentions, today } =
    useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHeader
        eyebrow={
          <Link to="/partners" className="hover:text-ink">
            Partners
          </Link>
        }
        title={
          <span className="flex items-center gap-3">
            <Flag iso2={partner.iso2} size={40} />
            {partner.name}
          </span>
        }
      >
        {inPortal ? (
          <Badge tone="green">Delegation in the portal</Badge>
        ) : (
          <span>No delegation of this partner uses the portal yet.</span>
        )}
      </PageHeader>

      <Section title="Facts">
        <Facts>
          <Fact term="ISO 3166-1 codes">
            {partner.iso2}
            {partner.iso3 ? `, ${partner.iso3}` : ''}
            {partner.isoNote ? <span className="block text-muted">{partner.isoNote}</span> : null}
          </Fact>
          <Fact term="Region">
            {[partner.region, partner.subregion].filter(Boolean).join(', ') || (
              <span className="text-muted">Not known</span>
            )}
          </Fact>
          <Fact term="Ministerial, 4 February 2026">
            <Attendance partner={partner} />
          </Fact>
          {partner.whyListed ? <Fact term="Listed because">{partner.whyListed}</Fact> : null}
        </Facts>
      </Section>

      <Section title="Programmes">
        <ProgrammeTable standings={standings} partner={partner.name} />
      </Section>

      <Section title="Agreements" note={String(agreements.length)} id="agreements">
        {agreements.length ? (
          <PartnerAgreements agreements={agreements} partnerIso2={partner.iso2} today={today} />
        ) : (
          <EmptyState title="No agreement on record">
            <p>
              No bilateral or plurilateral instrument of this partner was found. That does not mean there is
              none.
            </p>
          </EmptyState>
        )}
      </Section>

      <Section title="Projects" note={projects.length || null}>
        {projects.length ? (
          <ProjectTable projects={projects} caption={`Projects of ${partner.name}`} />
        ) : (
          <EmptyState title="No project that you may see">
            <p>
              Projects appear here when {partner.name} leads them, takes part in them, or has their site on
              its ground.
            </p>
          </EmptyState>
        )}
      </Section>

      <MentionedIn mentions={mentions} />
    </Page>
  )
}

const ROLE: Record<string, string> = { host: 'Host', participant: 'Took part' }

function Attendance({
  partner,
}: {
  partner: {
    attendedMinisterial: boolean
    ministerialRole: string | null
    nameAsListed: string | null
    name: string
    ministerialSource: string | null
  }
}) {
  if (!partner.attendedMinisterial) return <>Not on the list of participants</>
  const asListed = partner.nameAsListed && partner.nameAsListed !== partner.name ? partner.nameAsListed : null
  return (
    <>
      {ROLE[partner.ministerialRole ?? ''] ?? 'Took part'}
      {asListed ? `, listed as “${asListed}”` : ''}
      <span className="mt-0.5 block text-xs text-muted">
        Source: <Source text={partner.ministerialSource} />
      </span>
    </>
  )
}
