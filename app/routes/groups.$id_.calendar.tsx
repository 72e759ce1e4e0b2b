import type { LoaderFunctionArgs } from '@remix-run/node'
import { respond } from '~/faults.server'
import { groupPage } from '~/reviews.server'
import { requireActor } from '~/session.server'
import { groupCalendar } from '~/sessions.server'

/** The sessions of a group, for a calendar. */
export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { db, config } = context.portal
    const { group } = await groupPage(db, actor, params.id ?? '')
    return new Response(await groupCalendar(db, config.origin, actor, group), {
      headers: {
        'Content-Type': 'text/calendar; charset=utf-8',
        'Content-Disposition': `attachment; filename="${group.code} sessions.ics"`,
        'Cache-Control': 'no-store',
        'X-Content-Type-Options': 'nosniff',
      },
    })
  })
