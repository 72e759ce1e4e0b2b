import type { LoaderFunctionArgs } from '@remix-run/node'
import { auditEntriesFor } from '~/audit.server'
import { auditFilterFrom } from '~/domain/audit-filter'
import { csvOf } from '~/domain/csv'
import { respond } from '~/faults.server'
import { requireActor } from '~/session.server'

/** The entries that fit the filter, as a file. */
export const loader = ({ request, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const filter = auditFilterFrom(new URL(request.url).searchParams)
    const entries = await auditEntriesFor(context.portal.db, actor, filter)
    const head = ['id', 'at (UTC)', 'who', 'e-mail', 'for', 'address', 'act', 'object', 'object id']
    const file = csvOf(
      [...head, 'before', 'after', 'SHA-256'],
      entries.map((one) => [
        ...[one.id, one.at.toISOString(), one.by, one.email, one.of, one.from, one.act, one.objectKind],
        ...[one.objectId, one.before, one.after, one.hash],
      ]),
    )
    return new Response(file, {
      headers: {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="forge-audit-${new Date().toISOString().slice(0, 10)}.csv"`,
        'Cache-Control': 'no-store',
      },
    })
  })
