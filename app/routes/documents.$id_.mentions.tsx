import type { LoaderFunctionArgs } from '@remix-run/node'
import { mentionChoices } from '~/comments.server'
import { respond } from '~/faults.server'
import { requireActor } from '~/session.server'

/** Whom a comment on the text may name, for what was typed after the `@`. */
export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const query = new URL(request.url).searchParams.get('q') ?? ''
    return Response.json(await mentionChoices(context.portal.db, actor, params.id ?? '', query.slice(0, 40)))
  })
