import type { LoaderFunctionArgs } from '@remix-run/node'
import { calendarOf } from '~/calendar.server'
import { respond } from '~/faults.server'

/** `/calendar/<secret>.ics`: the deadlines of whoever made that address. A calendar program signs in nowhere. */
export const loader = ({ params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const { db, config } = context.portal
    const token = (params.file ?? '').replace(/\.ics$/, '')
    return new Response(await calendarOf(db, config.origin, token), {
      headers: {
        'Content-Type': 'text/calendar; charset=utf-8',
        'Content-Disposition': 'inline; filename="forge-deadlines.ics"',
        'Cache-Control': 'private, no-store',
      },
    })
  })
