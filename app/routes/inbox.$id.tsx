import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { respond } from '~/faults.server'
import { openNotice } from '~/inbox.server'
import { requireActor } from '~/session.server'

/** Leads to what a notice tells of; it is read then. Mails lead here: they name no page. */
export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    throw redirect(await openNotice(context.portal, actor, params.id ?? ''))
  })
