import { isFault } from './domain/fault'
import { throwAsResponse } from './faults.server'

const MAX_BYTES = 64 * 1024

/** A JSON body, read no further than it may be long; undefined for what is none. */
export async function jsonOf(request: Request): Promise<unknown> {
  const pieces: Uint8Array[] = []
  let length = 0
  for (let reader = request.body?.getReader(); reader; ) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.length
    if (length > MAX_BYTES) {
      await reader.cancel()
      return undefined
    }
    pieces.push(value)
  }
  try {
    return JSON.parse(Buffer.concat(pieces).toString('utf8'))
  } catch {
    return undefined
  }
}

const STATUS = { not_found: 404, forbidden: 403, conflict: 409, invalid: 422, unavailable: 503 } as const

/** With its length said, so that nobody packs what is shorter than a packet. */
function json(body: unknown, status = 200): Response {
  const bytes = Buffer.from(JSON.stringify(body))
  const headers = { 'content-type': 'application/json', 'content-length': String(bytes.length) }
  return new Response(bytes, { status, headers })
}

/** Answers a script of the portal's pages: what it asked for, or `{why}`. */
export async function answerJson(work: () => Promise<unknown>): Promise<Response> {
  try {
    return json(await work())
  } catch (error) {
    if (isFault(error)) return json({ why: error.message }, STATUS[error.fault])
    if (error instanceof Response) return json({ why: 'You are signed out.' }, 401)
    return throwAsResponse(error)
  }
}
