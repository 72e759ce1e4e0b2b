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
    const { session, group, scope } = await sessionFor(db, actor, params.id ?? '')
    if (!can(actor, 'attend', scope)) throw notFound()
    return {
      session: { id: session.id, title: session.title, marking: session.marking, chatham: session.chatham },
      group: { id: group.id, name: group.name, silenceHours: group.silenceHours },
      who: whoIs(actor, scope),
      proposals: can(actor, 'run', scope) ? await proposalsBefore(db, actor, group.id) : [],
      documents: can(actor, 'run', scope)
        ? (await readableDocuments(db, actor)).map(({ id, title }) => ({ id, title }))
        : [],
      followUps: can(actor, 'run', scope) ? await reportable(db, actor, group.id) : [],
      minutes: await minutesToApprove(db, actor, group.id),
      notes: await readableSessionText(db, actor, session.id, 'notes'),
      now: Date.now(),
    }
  })

export default function SessionRoom() {
  return <Room {...useLoaderData<typeof loader>()} />
}
