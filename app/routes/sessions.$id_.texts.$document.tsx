import type { LoaderFunctionArgs } from '@remix-run/node'
import { answerJson } from '~/request-json.server'
import { requireActor } from '~/session.server'
import { shownText } from '~/sessions.server'

/** How a document of the agenda is opened in the room, or whom one asks for it. */
export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  answerJson(async () => {
    const actor = await requireActor(request, context)
    return shownText(context.portal.db, actor, params.id ?? '', params.document ?? '')
  })
