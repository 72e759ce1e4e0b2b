import { type ActionFunctionArgs, data } from '@remix-run/node'
import { ACCOUNT_HEADER } from '~/collab/keep-aside'
import { keepAside, MAX_ASIDE_BYTES } from '~/documents.server'
import { conflict, invalid } from '~/domain/fault'
import { respond } from '~/faults.server'
import { requireActor } from '~/session.server'

/** Takes one Yjs update that its author may not merge any more: for a head of the lead to decide over. */
export const action = ({ request, params, context }: ActionFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    // What a browser keeps belongs to one account; another may have signed in since.
    if (request.headers.get(ACCOUNT_HEADER) !== actor.userId) throw conflict('Somebody else has signed in.')
    const updates = await bytesOf(request)
    return data(await keepAside(context.portal, actor, params.id ?? '', updates, context.from))
  })

/** The body, read no further than it may be long. */
async function bytesOf(request: Request): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let length = 0
  for (let reader = request.body?.getReader(); reader; ) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.length
    if (length > MAX_ASIDE_BYTES) {
      await reader.cancel()
      throw invalid('At most 2 MiB are kept aside at once.')
    }
    pieces.push(value)
  }
  return Buffer.concat(pieces)
}
