import type { LoaderFunctionArgs } from '@remix-run/node'
import { respond } from '~/faults.server'
import { inboxState } from '~/inbox.server'
import { requireActor } from '~/session.server'

/** How much is unread, for the badge. */
export const loader = ({ request, context }: LoaderFunctionArgs) =>
  respond(async () => inboxState(context.portal.db, await requireActor(request, context)))
