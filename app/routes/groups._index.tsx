import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { SessionList } from '~/components/session/session-list'
import { Page, PageHeader, Section } from '~/components/ui/page'
import { respond } from '~/faults.server'
import { groupList } from '~/reviews.server'
import { requireActor } from '~/session.server'
import { comingSessions } from '~/sessions.server'

export const meta: MetaFunction = () => [{ title: 'Working groups · FORGE' }]

export const loader = ({ request, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { db } = context.portal
    return { groups: await groupList(db, actor), sessions: await comingSessions(db, actor) }
  })

export default function Groups() {
  const { groups, sessions } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHeader title="Working groups" />
      {sessions.length ? (
        <Section title="Sessions under way and to come" note={sessions.length}>
          <SessionList sessions={sessions} withGroup />
        </Section>
      ) : null}
      <ul className="grid gap-4 md:grid-cols-2">
        {groups.map((group) => (
          <li key={group.id} className="border border-rule bg-sheet px-4 py-3">
            <h2 className="text-xl">
              <Link to={`/groups/${group.id}`} prefetch="intent" className="row-link">
                {group.name}
              </Link>
              <span className="ml-2 font-sans text-sm font-normal text-muted">{group.code}</span>
            </h2>
            <p className="mt-1 text-sm">{group.mandate}</p>
            <p className="mt-2 text-xs text-muted">
              {group.members === 0
                ? 'No delegation sits in it yet'
                : `${group.members} ${group.members === 1 ? 'delegation' : 'delegations'}`}
            </p>
          </li>
        ))}
      </ul>
    </Page>
  )
}
