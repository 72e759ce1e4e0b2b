import type { LoaderFunctionArgs } from '@remix-run/node'
import { respond } from '~/faults.server'
import { letterPdf } from '~/reviews.server'
import { requireActor } from '~/session.server'

/** The letter with the decision over a proposal, as a PDF. */
export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { db, documents } = context.portal
    const { bytes, name } = await letterPdf({ db, documents }, actor, params.id ?? '', context.from)
    return new Response(new Uint8Array(bytes), {
      headers: {
        'Content-Type': 'application/pdf',
        'Content-Length': String(bytes.length),
        'Content-Disposition': `attachment; filename="${name}"`,
        'Cache-Control': 'no-store',
        'X-Content-Type-Options': 'nosniff',
      },
    })
  })
