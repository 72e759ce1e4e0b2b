import type { LoaderFunctionArgs } from '@remix-run/node'
import { readPicture, seePicture } from '~/documents.server'
import { respond } from '~/faults.server'
import { requireActor } from '~/session.server'

/** A picture of a document, by its content: a browser asks each time whether it may still show what it holds. */
export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const ref = { documentId: params.id ?? '', sha256: params.sha256 ?? '' }
    const etag = `"${ref.sha256}"`
    const headers = {
      ETag: etag,
      'Cache-Control': 'private, no-cache',
      'Content-Disposition': 'inline',
      'X-Content-Type-Options': 'nosniff',
    }
    if (request.headers.get('If-None-Match') === etag) {
      await seePicture(context.portal.db, actor, ref)
      return new Response(null, { status: 304, headers })
    }
    const { type, data } = await readPicture(context.portal, actor, ref)
    return new Response(new Uint8Array(data), {
      headers: { ...headers, 'Content-Type': type, 'Content-Length': String(data.length) },
    })
  })
