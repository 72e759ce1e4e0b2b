import type { LoaderFunctionArgs } from '@remix-run/node'
import { notFound } from '~/domain/fault'
import { respond } from '~/faults.server'
import { requireActor } from '~/session.server'
import { askedVersion, minutesFile } from '~/sessions.server'

const TYPES = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const

/** The minutes of a session as a PDF or Word file. */
export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { id = '', format } = params
    if (format !== 'pdf' && format !== 'docx') throw notFound()
    const wish = { format, number: askedVersion(request) } as const
    const { bytes, name } = await minutesFile(context.portal, actor, id, wish, context.from)
    return new Response(new Uint8Array(bytes), {
      headers: {
        'Content-Type': TYPES[format],
        'Content-Length': String(bytes.length),
        'Content-Disposition': `attachment; filename="${name}"`,
        'Cache-Control': 'no-store',
        'X-Content-Type-Options': 'nosniff',
      },
    })
  })
