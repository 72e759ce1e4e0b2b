import type { LoaderFunctionArgs } from '@remix-run/node'
import { labelsOf, suggestLinks } from '~/documents.server'
import { refOfKey } from '~/domain/portal-link'
import { SEARCH_LENGTH } from '~/domain/search'
import { respond } from '~/faults.server'
import { requireActor } from '~/session.server'

const MOST_REFS = 200

/** What links in texts say to the reader (`?ref=kind:id`, several), or what they may link to by name (`?q=`). As JSON. */
export const loader = ({ request, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { db } = context.portal
    const query = new URL(request.url).searchParams
    const sought = query.get('q')
    const answer =
      sought === null
        ? { labels: await labelsOf(db, actor, refsIn(query)) }
        : {
            suggestions: await suggestLinks(
              db,
              actor,
              sought.replaceAll('\0', '').trim().slice(0, SEARCH_LENGTH),
            ),
          }
    return new Response(JSON.stringify(answer), {
      headers: { 'Content-Type': 'application/json', 'Cache-Control': 'private, no-store' },
    })
  })

const refsIn = (query: URLSearchParams) =>
  query
    .getAll('ref')
    .slice(0, MOST_REFS)
    .flatMap((key) => refOfKey(key) ?? [])
