import { type AppLoadContext, redirect } from '@remix-run/node'
import { actorOf } from '../server/auth/actor'
import type { Actor } from './domain/people'

/**
 * A page's loaders all ask who is there: one answer for one request, whose context this is. Not for its action, which
 * may change the answer for the loaders after it.
 */
const asked = new WeakMap<AppLoadContext, Promise<Actor | null>>()

/** Who is signed in, or null. */
export function actorOrNull(request: Request, context: AppLoadContext): Promise<Actor | null> {
  const known = asked.get(context)
  if (known) return known
  const answer = actorOf(context.portal.auth, context.portal.db, request.headers)
  if (request.method === 'GET') asked.set(context, answer)
  return answer
}

/** Who is signed in; throws a redirect to the sign-in page, which leads back here, when nobody is. */
export async function requireActor(request: Request, context: AppLoadContext): Promise<Actor> {
  const actor = await actorOrNull(request, context)
  if (actor) return actor
  const { pathname, search } = new URL(request.url)
  // Single fetch asks for `/desk.data`: a person who signs in wants `/desk`.
  const to = pathname.replace(/\.data$/, '').replace(/^\/_root$/, '/') + search
  throw redirect(to === '/' || to === '/desk' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(to)}`)
}
