import type { LoaderFunctionArgs } from '@remix-run/node'
import { respond } from '~/faults.server'
import { readFile } from '~/financing.server'
import { requireActor } from '~/session.server'

export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const file = await readFile(context.portal.db, actor, params.id ?? '')
    return new Response(new Uint8Array(file.data), {
      headers: {
        'Content-Type': file.mime,
        'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
        'Cache-Control': 'private, no-store',
      },
    })
  })
