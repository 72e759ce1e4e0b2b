import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { Page, PageHeader } from '~/components/ui/page'
import { respond } from '~/faults.server'
import { groupList } from '~/reviews.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction = () => [{ title: 'Working groups · FORGE' }]

export const loader = ({ request, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    return { groups: await groupList(context.portal.db, actor) }
  })

export default function Groups() {
  const { groups } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHeader title="Working groups" />
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
