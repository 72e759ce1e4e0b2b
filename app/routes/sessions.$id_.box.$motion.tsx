import type { LoaderFunctionArgs } from '@remix-run/node'
import { notFound } from '~/domain/fault'
import { can } from '~/domain/rights'
import { answerJson } from '~/request-json.server'
import { requireActor } from '~/session.server'
import { boxOf, sessionFor } from '~/sessions.server'

/** The ballot box of a secret vote: its public key, and how many papers lie in it. */
export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  answerJson(async () => {
    const actor = await requireActor(request, context)
    const { db } = context.portal
    const { scope } = await sessionFor(db, actor, params.id ?? '')
    const box = can(actor, 'attend', scope) && (await boxOf(db, params.id ?? '', params.motion ?? ''))
    if (!box) throw notFound()
    return box
  })
