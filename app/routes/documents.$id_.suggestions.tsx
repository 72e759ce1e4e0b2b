import type { LoaderFunctionArgs } from '@remix-run/node'
import { readSuggestions } from '~/documents.server'
import { isSuggestionId, MOST_SUGGESTIONS_ASKED } from '~/domain/suggestion'
import { respond } from '~/faults.server'
import { requireActor } from '~/session.server'

/** Who made the suggestions that a text's page shows, by their ids: from the log, as JSON. */
export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const ids = (new URL(request.url).searchParams.get('ids') ?? '').split(',').filter(isSuggestionId)
    return Response.json(
      await readSuggestions(context.portal, actor, params.id ?? '', ids.slice(0, MOST_SUGGESTIONS_ASKED)),
    )
  })
