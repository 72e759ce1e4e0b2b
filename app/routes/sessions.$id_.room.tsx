import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Room } from '~/components/session/room'
import { readableDocuments } from '~/documents.server'
import { notFound } from '~/domain/fault'
import { can } from '~/domain/rights'
import { respond } from '~/faults.server'
import { requireActor } from '~/session.server'
import {
  minutesToApprove,
  proposalsBefore,
  readableSessionText,
  reportable,
  sessionFor,
  whoIs,
} from '~/sessions.server'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.session.title ?? 'Session'} · room · FORGE` },
]

export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { db } = context.portal
    const found = await sessionFor(db, actor, params.id ?? '')
    const { session, group, scope } = found
    if (!can(actor, 'attend', scope)) throw notFound()
    const runs = can(actor, 'run', scope)
    const [proposals, documents, followUps, minutes, notes] = await Promise.all([
      runs ? proposalsBefore(db, actor, group.id) : [],
      runs ? readableDocuments(db, actor) : [],
      runs ? reportable(db, actor, group.id) : [],
      minutesToApprove(db, actor, group.id),
      readableSessionText(db, actor, found, 'notes'),
    ])
    return {
      session: { id: session.id, title: session.title, marking: session.marking, chatham: session.chatham },
      group: { id: group.id, name: group.name, silenceHours: group.silenceHours },
      who: whoIs(actor, scope),
      documents: documents.map(({ id, title }) => ({ id, title })),
      ...{ proposals, followUps, minutes, notes },
      now: Date.now(),
    }
  })

export default function SessionRoom() {
  return <Room {...useLoaderData<typeof loader>()} />
}
