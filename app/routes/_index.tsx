import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { respond } from '~/faults.server'
import { actorOrNull } from '~/session.server'

export const loader = ({ request, context }: LoaderFunctionArgs) =>
  respond(async () => redirect((await actorOrNull(request, context)) ? '/desk' : '/sign-in'))
