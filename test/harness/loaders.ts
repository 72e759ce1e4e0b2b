/** The loaders of the portal's pages and files, asked in this process as somebody's browser asks. */
import type { AppLoadContext, LoaderFunctionArgs } from '@remix-run/node'
import type { Actor } from '../../app/domain/people'
import type { Records } from './records'

type Loader = (args: LoaderFunctionArgs) => unknown
export type LoaderAnswer = { status: number; text: string }

/**
 * Gives what asks a loader as somebody who is signed in: `params` of its route, `path` with the query. What it gives or
 * throws comes as a browser gets it; an error that is no answer fails the test: two crashes are not the same answer.
 */
export function asksOf({ parts, people }: Records) {
  const cookies = new Map<string, string>()
  return async (
    loader: Loader,
    { email }: Actor,
    params: Record<string, string>,
    path = '/',
  ): Promise<LoaderAnswer> => {
    const cookie = cookies.get(email) ?? (await people.cookieOf(email))
    cookies.set(email, cookie)
    const request = new Request(`${parts.origin}${path}`, { headers: people.browser('192.0.2.9', cookie) })
    const context = {
      ...{ portal: { ...parts, config: people.config, auth: people.auth } },
      ...{ from: null, requestId: 'none' },
    } as unknown as AppLoadContext
    try {
      return await read(await loader({ request, params, context }))
    } catch (thrown) {
      if (thrown instanceof Error) throw thrown
      return read(thrown)
    }
  }
}

async function read(answer: unknown): Promise<LoaderAnswer> {
  if (answer instanceof Response) return { status: answer.status, text: await answer.text() }
  const init = typeof answer === 'object' && answer && 'init' in answer ? answer.init : null
  const status = typeof init === 'object' && init && 'status' in init ? Number(init.status) : 200
  return { status, text: JSON.stringify(answer) ?? '' }
}
