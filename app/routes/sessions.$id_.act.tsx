import type { ActionFunctionArgs } from '@remix-run/node'
import { z } from 'zod'
import { invalid } from '~/domain/fault'
import { actKey, sessionAct } from '~/domain/session/acts'
import { answerJson, jsonOf } from '~/request-json.server'
import { requireActor } from '~/session.server'
import { actInSession } from '~/sessions.server'

const asked = z.object({ key: actKey, act: sessionAct })

/** An act in a session, for the room's script. */
export const action = ({ request, params, context }: ActionFunctionArgs) =>
  answerJson(async () => {
    const actor = await requireActor(request, context)
    const parsed = asked.safeParse(await jsonOf(request))
    if (!parsed.success) throw invalid(parsed.error.issues[0]?.message ?? 'It cannot be read.')
    return actInSession(context.portal, actor, params.id ?? '', parsed.data, context.from)
  })
