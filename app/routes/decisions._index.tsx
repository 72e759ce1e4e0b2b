import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ConsentTable } from '~/components/review/consent-table'
import { DecisionTable } from '~/components/review/decision-table'
import { SilenceTable } from '~/components/review/silence-table'
import { EmptyState } from '~/components/ui/empty'
import { Page, PageHeader, Section } from '~/components/ui/page'
import { respond } from '~/faults.server'
import { consentsOfHost, decisionList, silenceList } from '~/reviews.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction = () => [{ title: 'Decisions · FORGE' }]

export const loader = ({ request, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { db } = context.portal
    const [decided, procedures, consents] = await Promise.all([
      decisionList(db, actor),
      silenceList(db, actor),
      consentsOfHost(db, actor),
    ])
    return { decided, procedures, consents }
  })

export default function Decisions() {
  const { decided, procedures, consents } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHeader title="Decisions">
        <p>What working groups decided, and the texts before them that silence adopts.</p>
      </PageHeader>
      {consents.length ? (
        <Section title="Consents asked of your country" note={consents.length}>
          <ConsentTable consents={consents} />
        </Section>
      ) : null}
      {procedures.length ? (
        <Section title="Silence procedures" note={procedures.length}>
          <SilenceTable procedures={procedures} />
        </Section>
      ) : null}
      <Section title="Decided" note={decided.length || null}>
        {decided.length ? (
          <DecisionTable decisions={decided} />
        ) : (
          <EmptyState title="No decision yet">
            <p>A decision appears here with its number as soon as a working group adopts it.</p>
          </EmptyState>
        )}
      </Section>
    </Page>
  )
}
