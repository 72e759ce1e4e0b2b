import type { ActionFunctionArgs } from '@remix-run/node'
import { bodyOf } from '~/body.server'
import { adoptPicture, keepPicture, seePicture } from '~/documents.server'
import { invalid } from '~/domain/fault'
import { MAX_PICTURE_BYTES, pictureRef } from '~/domain/picture'
import { respond } from '~/faults.server'
import { requireActor } from '~/session.server'

/** Takes a picture for a document: its bytes, or `?from=` the address of one in another document that one may read. */
export const action = ({ request, params, context }: ActionFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const id = params.id ?? ''
    const from = new URL(request.url).searchParams.get('from')
    if (from !== null) {
      const ref = pictureRef(from)
      if (!ref) throw invalid('That is no picture of the portal.')
      await seePicture(context.portal.db, actor, ref)
      return Response.json({ src: await adoptPicture(context.portal, actor, id, ref.sha256) })
    }
    const bytes = await bodyOf(request, MAX_PICTURE_BYTES, 'A picture has at most 10 MB.')
    return Response.json({ src: await keepPicture(context.portal, actor, id, bytes) })
  })
