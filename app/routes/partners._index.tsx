import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData, useNavigation } from '@remix-run/react'
import { PartnerFilterForm } from '~/components/partners/partner-filter'
import { PartnerTable } from '~/components/partners/partner-table'
import { EmptyState } from '~/components/ui/empty'
import { Page, PageHeader } from '~/components/ui/page'
import { isProgramme, isStanding } from '~/domain/standing'
import { respond } from '~/faults.server'
import { directorySize, listPartners, type PartnerFilter } from '~/partners.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction = () => [{ title: 'Partners · FORGE' }]

/** Values that no list offers are as if they were not there. */
function filterFrom(search: URLSearchParams): PartnerFilter {
  const programme = search.get('programme')
  const standing = search.get('standing')
  return {
    q: search.get('q')?.slice(0, 100) || undefined,
    region: search.get('region')?.slice(0, 100) || undefined,
    programme: isProgramme(programme) ? programme : undefined,
    standing: isStanding(standing) ? standing : undefined,
  }
}

export const loader = ({ request, context }: LoaderFunctionArgs) =>
  respond(async () => {
    await requireActor(request, context)
    const { db } = context.portal
    const [partners, { total, regions }] = await Promise.all([
      listPartners(db, filterFrom(new URL(request.url).searchParams)),
      directorySize(db),
    ])
    return { partners, total, regions }
  })

export default function Partners() {
  const { partners, total, regions } = useLoaderData<typeof loader>()
  const busy = useNavigation().state === 'loading'
  return (
    <Page>
      <PageHeader title="Partners">
        <p>
          The countries and the European Commission at the Critical Minerals Ministerial of 4 February 2026,
          and related partners. What nobody has found out is shown as <em>not known</em>.
        </p>
      </PageHeader>
      <PartnerFilterForm regions={regions} />
      <p role="status" className="mb-2 text-sm text-muted">
        {partners.length === total ? `${total} partners` : `${partners.length} of ${total} partners`}
      </p>
      <div aria-busy={busy}>
        {partners.length ? (
          <PartnerTable partners={partners} />
        ) : (
          <EmptyState title="No partner fits these filters">
            <p>
              Take one of them away, or search for another part of the name or for an ISO code such as KZ or
              KAZ.
            </p>
          </EmptyState>
        )}
      </div>
    </Page>
  )
}
