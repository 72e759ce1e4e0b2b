import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { ACCOUNT_HEADER } from '~/collab/keep-aside'
import { actOnComments, readComments } from '~/comments.server'
import { documentFor } from '~/documents.server'
import { commentForm } from '~/domain/comment'
import { conflict, invalid } from '~/domain/fault'
import { parseForm } from '~/domain/form'
import { respond } from '~/faults.server'
import { requireActor } from '~/session.server'

/** A text's threads of comments, for its page: as JSON, so that a page that is offline keeps what was typed. */
export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    return Response.json(await readComments(context.portal.db, actor, params.id ?? ''))
  })

export const action = ({ request, params, context }: ActionFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { db, channels } = context.portal
    const id = params.id ?? ''
    // To somebody for whom it does not exist, a wrong form is no different from a right one.
    await documentFor(db, actor, id, 'read')
    if (request.headers.get(ACCOUNT_HEADER) !== actor.userId) throw conflict('Somebody else has signed in.')
    const parsed = parseForm(commentForm, await request.json().catch(() => null))
    if (!parsed.ok)
      throw invalid(Object.values(parsed.fields)[0]?.[0] ?? 'It could not be read.', parsed.fields)
    return Response.json(await actOnComments({ db, channels }, actor, id, parsed.value, context.from))
  })
