/** Signing in and out through better-auth's own handler, so that its rate limits and its cookies hold for our forms. */
import type { Auth } from './auth'

export type SignInResult =
  | { ok: true; headers: Headers }
  /** `retryAfter`: seconds, when there were too many tries. */
  | { ok: false; why: 'wrong' | 'too_many' | 'unavailable'; retryAfter: number }

/** Calls one of better-auth's endpoints as the browser would: same cookies, same client address. */
export function callAuth(
  auth: Auth,
  origin: string,
  request: Request,
  path: string,
  body: unknown,
): Promise<Response> {
  const headers = new Headers({ 'content-type': 'application/json', origin })
  for (const name of ['cookie', 'x-forge-client-ip', 'user-agent']) {
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
  const retryAfter = Number(response.headers.get('x-retry-after') ?? 60)
  if (response.status === 429) return { ok: false, why: 'too_many', retryAfter }
  return { ok: false, why: response.status >= 500 ? 'unavailable' : 'wrong', retryAfter: 0 }
}

/** The cookies that a reply of better-auth sets, to be passed on. */
export function cookiesOf(response: Response): Headers {
  const headers = new Headers()
  for (const cookie of response.headers.getSetCookie()) headers.append('set-cookie', cookie)
  return headers
}
