/** Signing in and out through better-auth's own handler, so that its rate limits and its cookies hold for our forms. */
import { z } from 'zod'
import type { Auth } from './auth'
import { ADDRESS_HEADER, NO_MEMBERSHIP } from './gate'

export type SignInResult =
  | { ok: true; headers: Headers }
  /** `retryAfter`: seconds, when there were too many tries. */
  | { ok: false; why: 'wrong' | 'no_membership' | 'too_many' | 'unavailable'; retryAfter: number }

/** Calls one of better-auth's endpoints as the browser would: same cookies, same client address. */
export function callAuth(
  auth: Auth,
  origin: string,
  request: Request,
  path: string,
  body: unknown,
): Promise<Response> {
  const headers = new Headers({ 'content-type': 'application/json', origin })
  for (const name of ['cookie', ADDRESS_HEADER, 'user-agent']) {
    const value = request.headers.get(name)
    if (value) headers.set(name, value)
  }
  return auth.handler(
    new Request(`${origin}/api/auth${path}`, { method: 'POST', headers, body: JSON.stringify(body) }),
  )
}

export async function signIn(
  auth: Auth,
  origin: string,
  request: Request,
  credentials: { email: string; password: string },
): Promise<SignInResult> {
  const response = await callAuth(auth, origin, request, '/sign-in/email', credentials)
  if (response.ok) return { ok: true, headers: cookiesOf(response) }
  if (response.status === 429) return { ok: false, why: 'too_many', retryAfter: retryAfter(response) }
  if (response.status >= 500) return { ok: false, why: 'unavailable', retryAfter: 0 }
  return {
    ok: false,
    why: (await codeOf(response)) === NO_MEMBERSHIP ? 'no_membership' : 'wrong',
    retryAfter: 0,
  }
}

/** Seconds to wait, of a reply that says there were too many tries. */
const retryAfter = (response: Response) => Number(response.headers.get('x-retry-after') ?? 60)

const refusal = z.object({ code: z.string() })

async function codeOf(response: Response): Promise<string | null> {
  const body: unknown = await response.json().catch(() => null)
  return refusal.safeParse(body).data?.code ?? null
}

/** The cookies that a reply of better-auth sets, to be passed on. */
export function cookiesOf(response: Response): Headers {
  const headers = new Headers()
  for (const cookie of response.headers.getSetCookie()) headers.append('set-cookie', cookie)
  return headers
}
