/**
 * The router's requests over a line that may be lost. Remix asks for a page's data by `fetch`, and gives whatever that
 * throws to an error page, in the place of the page that stands there with its editor and what was typed. It has no hook
 * between the two, so its own requests, and no others, pass through here:
 * - a read waits, and is asked for again, until the portal answers or the router gives it up;
 * - a form that got no answer, or half of one, is answered as one that was not accepted: the page stays.
 */
import { pause, waitingReads } from './line'

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 10_000
/** What a proxy answers for a portal that is away. */
const AWAY_STATUS = [502, 503, 504]
/** Stands on whatever the portal itself answered. */
const OWN = 'x-remix-response'
/** As the router reads an action that gave null: turbo-stream's way to write `{ data: null }`. */
const NOT_ACCEPTED = '[{"_1":-5},"data"]\n'

type Fetch = typeof globalThis.fetch

/** @param notSent called when a form got no answer: what is told of it */
export function steadyFetch(ask: Fetch, origin: string, notSent: () => void): Fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, origin)
    if (url.origin !== origin || !isRouters(url)) return ask(input, init)
    const isRead = (init?.method ?? 'GET') === 'GET'
    for (let ms = FIRST_PAUSE_MS; ; ms = Math.min(2 * ms, LONGEST_PAUSE_MS)) {
      const reply = await tried(() => ask(input, init), init?.signal)
      if (reply) return reply
      if (!isRead) {
        notSent()
        return new Response(NOT_ACCEPTED, { status: 503, headers: { 'content-type': 'text/x-script' } })
      }
      waitingReads.set(waitingReads.get() + 1)
      try {
        await pause(ms, init?.signal)
      } finally {
        waitingReads.set(waitingReads.get() - 1)
      }
    }
  }
}

const isRouters = ({ pathname }: URL) => pathname.endsWith('.data') || pathname === '/__manifest'

/** Null: the portal is away. Whatever the router gave up is thrown on. */
async function tried(ask: () => Promise<Response>, signal?: AbortSignal | null): Promise<Response | null> {
  try {
    const reply = await ask()
    if (AWAY_STATUS.includes(reply.status) && !reply.headers.has(OWN)) return null
    // All of it: the line may be lost in the middle of an answer, too.
    return reply.body ? new Response(await reply.arrayBuffer(), reply) : reply
  } catch (error) {
    // A lost line is a TypeError by the standard.
    if (signal?.aborted || !(error instanceof TypeError)) throw error
    return null
  }
}
