import type { LoaderFunctionArgs } from '@remix-run/node'
import { answerJson } from '~/request-json.server'
import { requireActor } from '~/session.server'
import { messagesOf } from '~/sessions.server'

/** Messages to the chair, for whoever may read them. */
export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  answerJson(async () => {
    const actor = await requireActor(request, context)
    return { messages: await messagesOf(context.portal.db, actor, params.id ?? '') }
  })
