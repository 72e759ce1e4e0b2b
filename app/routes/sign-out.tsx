import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { callAuth, cookiesOf } from '~/auth.server'
import { respond } from '~/faults.server'
import { actorOrNull } from '~/session.server'

/** Where nothing but a form posts; opened as a page it leads home. */
export const loader = () => redirect('/')

export const action = ({ request, context }: ActionFunctionArgs) =>
  respond(async () => {
    const { auth, config, channels } = context.portal
    const actor = await actorOrNull(request, context)
    const response = await callAuth(auth, config.origin, request, '/sign-out', {})
    // Other tabs of the session close their documents at once.
    if (actor) await channels.recheckUser(actor.userId)
    return redirect('/sign-in?notice=signed-out', { headers: cookiesOf(response) })
  })
