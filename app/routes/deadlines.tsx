import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { deadlinesOf, endFeed, feedOf, makeFeed } from '~/calendar.server'
import { CalendarFeed } from '~/components/inbox/calendar-feed'
import { DeadlineTable } from '~/components/inbox/deadline-table'
import { EmptyState } from '~/components/ui/empty'
import { Page, PageHeader, Section } from '~/components/ui/page'
import { respond } from '~/faults.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction = () => [{ title: 'Deadlines · FORGE' }]

export const loader = ({ request, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { db } = context.portal
    const [deadlines, feedSince] = await Promise.all([deadlinesOf(db, actor), feedOf(db, actor)])
    return { deadlines, feedSince, now: new Date().toISOString() }
  })

export const action = ({ request, context }: ActionFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { portal, from } = context
    const act = (await request.formData()).get('act')
    if (act === 'end') await endFeed(portal.db, actor, from)
    if (act !== 'make') return data<{ address: string | null }>({ address: null })
    const token = await makeFeed(portal.db, actor, from)
    return data<{ address: string | null }>({ address: `${portal.config.origin}/calendar/${token}.ics` })
  })

export default function Deadlines() {
  const { deadlines, feedSince, now } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  return (
    <Page>
      <PageHeader
        title="Deadlines"
        eyebrow={
          <Link className="link" to="/inbox">
            Inbox
          </Link>
        }
      >
        <p>What falls due for you and what you wait for. A day without a time ends at midnight UTC.</p>
      </PageHeader>
      {deadlines.length ? (
        <DeadlineTable deadlines={deadlines} now={now} />
      ) : (
        <EmptyState title="Nothing falls due">
          <p>
            Reviews, answers, silence procedures and obligations of agreements appear here with their day.
          </p>
        </EmptyState>
      )}
      <Section title="In your calendar" className="mt-8">
        <CalendarFeed since={feedSince} address={reply?.address ?? null} />
      </Section>
    </Page>
  )
}
