import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ReviewTable } from '~/components/review/review-table'
import { LinkButton } from '~/components/ui/button'
import { EmptyState } from '~/components/ui/empty'
import { Page, PageHeader } from '~/components/ui/page'
import { can, PORTAL } from '~/domain/rights'
import { respond } from '~/faults.server'
import { myReviews } from '~/reviews.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction = () => [{ title: 'Reviews · FORGE' }]

export const loader = ({ request, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    return {
      reviews: await myReviews(context.portal.db, actor),
      steers: can(actor, 'name_reviewers', PORTAL),
      today: new Date().toISOString().slice(0, 10),
    }
  })

export default function Reviews() {
  const { reviews, steers, today } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHeader
        title="Reviews"
        actions={
          steers ? (
            <>
              <LinkButton to="/reviews/people">Reviewers</LinkButton>
              <LinkButton to="/reviews/queue" variant="primary">
                Queue
              </LinkButton>
            </>
          ) : null
        }
      >
        <p>Proposals that you are asked to review, what is due first.</p>
      </PageHeader>
      {reviews.length ? (
        <ReviewTable reviews={reviews} today={today} />
      ) : (
        <EmptyState title="No review is asked of you">
          <p>When the secretariat asks you to review a proposal, it appears here, and a mail tells you.</p>
        </EmptyState>
      )}
    </Page>
  )
}
