import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Hall } from '~/components/session/hall'
import { notFound } from '~/domain/fault'
import { can } from '~/domain/rights'
import { respond } from '~/faults.server'
import { requireActor } from '~/session.server'
import { sessionFor } from '~/sessions.server'

/** A screen for a whole hall: without the portal's masthead and menus. */
export const handle = { bare: true }

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.session.title ?? 'Session'} · hall · FORGE` },
]

export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { session, group, scope } = await sessionFor(context.portal.db, actor, params.id ?? '')
    if (!can(actor, 'attend', scope)) throw notFound()
    const { id, title, marking, chatham, zone } = session
    return {
      session: { id, title, marking, chatham, zone },
      group: group.name,
      account: actor.userId,
      now: Date.now(),
    }
  })

export default function SessionHall() {
  return <Hall {...useLoaderData<typeof loader>()} />
}
