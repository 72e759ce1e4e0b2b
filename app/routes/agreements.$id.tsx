import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { AgreementFacts, AgreementList } from '~/components/partners/agreement-line'
import { ObligationTable } from '~/components/partners/obligation-table'
import { Flag } from '~/components/ui/flag'
import { Fact, Facts, Page, PageHeader, Section } from '~/components/ui/page'
import { Source } from '~/components/ui/source'
import { agreementBatch } from '~/domain/agreement-words'
import { notFound } from '~/domain/fault'
import { respond } from '~/faults.server'
import { agreementOf } from '~/partners.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.agreement.title} · FORGE` : 'Agreement · FORGE' },
]

export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    await requireActor(request, context)
    const found = await agreementOf(context.portal.db, params.id ?? '')
    if (!found) throw notFound()
    return { ...found, today: new Date().toISOString().slice(0, 10) }
  })

export default function Agreement() {
  const { agreement, ofParties, sameBatch, today } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHeader title={agreement.title} eyebrow="Agreement">
        <AgreementFacts agreement={agreement} />
      </PageHeader>
      <Section title="What is on record">
        <Facts>
          <Fact term="Parties">
            <ul className="flex flex-wrap gap-x-5 gap-y-1">
              {agreement.parties.map((party) => (
                <li key={party.iso2}>
                  <Flag iso2={party.iso2} />{' '}
                  <Link to={`/partners/${party.iso2}`} prefetch="intent" className="link">
                    {party.name}
                  </Link>
                </li>
              ))}
            </ul>
          </Fact>
          {agreement.batch ? <Fact term="Belongs to">{agreementBatch(agreement.batch)}</Fact> : null}
          <Fact term="Signatories">
            {agreement.signatories ?? <span className="text-muted">Not known</span>}
          </Fact>
          <Fact term="Topics">
            {agreement.topics.length ? (
              agreement.topics.join(', ')
            ) : (
              <span className="text-muted">None recorded: the text was not found or names none</span>
            )}
          </Fact>
          {agreement.note ? <Fact term="Note">{agreement.note}</Fact> : null}
          <Fact term="Source">
            <Source text={agreement.source} />
          </Fact>
        </Facts>
      </Section>
      <Section title="Obligations" note={String(agreement.obligations.length)}>
        {agreement.obligations.length ? (
          <ObligationTable obligations={agreement.obligations} today={today} of={agreement.title} />
        ) : (
          <p className="text-sm text-muted">No obligation is on record for this agreement.</p>
        )}
      </Section>
      {ofParties.length ? (
        <Section title="Other agreements of the same partners" note={String(ofParties.length)}>
          <AgreementList agreements={ofParties} />
        </Section>
      ) : null}
      {agreement.batch && sameBatch.length ? (
        <Section title="Related agreements" note={agreementBatch(agreement.batch)}>
          <AgreementList agreements={sameBatch} />
        </Section>
      ) : null}
    </Page>
  )
}
