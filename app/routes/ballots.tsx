import type { ActionFunctionArgs } from '@remix-run/node'
import { invalid } from '~/domain/fault'
import { answerJson, jsonOf } from '~/request-json.server'
import { ballotForm, castBallot } from '~/sessions.server'

/** Takes a ballot paper. Who brings it is not asked: the paper itself is genuine or not. */
export const action = ({ request, context }: ActionFunctionArgs) =>
  answerJson(async () => {
    const parsed = ballotForm.safeParse(await jsonOf(request))
    if (!parsed.success) throw invalid('The ballot paper cannot be read.')
    return { receipt: await castBallot(context.portal.db, parsed.data) }
  })
