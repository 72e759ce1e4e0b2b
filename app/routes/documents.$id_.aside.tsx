import type { ActionFunctionArgs } from '@remix-run/node'
import { bodyOf } from '~/body.server'
import { ACCOUNT_HEADER } from '~/collab/keep-aside'
import { keepAside, MAX_ASIDE_BYTES } from '~/documents.server'
import { conflict } from '~/domain/fault'
import { respond } from '~/faults.server'
import { requireActor } from '~/session.server'

/** Takes one Yjs update that its author may not merge any more: for a head of the lead to decide over. */
export const action = ({ request, params, context }: ActionFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    // What a browser keeps belongs to one account; another may have signed in since.
    if (request.headers.get(ACCOUNT_HEADER) !== actor.userId) throw conflict('Somebody else has signed in.')
    const updates = await bodyOf(request, MAX_ASIDE_BYTES, 'At most 2 MiB are kept aside at once.')
    return Response.json(await keepAside(context.portal, actor, params.id ?? '', updates, context.from))
  })
