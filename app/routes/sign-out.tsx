import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { callAuth, cookiesOf, signOut } from '~/auth.server'
import { respond } from '~/faults.server'
import { actorOrNull } from '~/session.server'

export const loader = () => redirect('/')

export const action = ({ request, context }: ActionFunctionArgs) =>
  respond(async () => {
    const { portal } = context
    const actor = await actorOrNull(request, context)
    // The cookies first: better-auth clears them while the session is still there.
    const response = await callAuth(portal.auth, portal.config.origin, request, '/sign-out', {})
    if (actor)
      await signOut(portal, actor, context.from).catch(() => portal.channels.recheckUser(actor.userId))
    return redirect('/sign-in?notice=signed-out', { headers: cookiesOf(response) })
  })
