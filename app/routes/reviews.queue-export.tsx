import type { LoaderFunctionArgs } from '@remix-run/node'
import { PROPOSAL_STATE_LABEL } from '~/domain/project-stage'
import { queueFilterFrom } from '~/domain/queue'
import { respond } from '~/faults.server'
import { queueRows } from '~/reviews.server'
import { requireActor } from '~/session.server'
import { tableFile } from '~/spreadsheet.server'

/** The queue as it is filtered, as a file: `?format=csv` or `?format=xlsx`. */
export const loader = ({ request, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const search = new URL(request.url).searchParams
    const rows = await queueRows(context.portal.db, actor, queueFilterFrom(search))
    return tableFile(
      {
        name: 'queue',
        head: [
          ...[
            'proposal',
            'project',
            'lead',
            'state',
            'in this state since (UTC)',
            'due',
            'late',
            'working group',
          ],
          ...['reviewers asked', 'reading', 'handed in'],
        ],
        rows: rows.map((row) => [
          ...[row.title, row.project, row.lead, PROPOSAL_STATE_LABEL[row.state], row.since, row.dueOn],
          ...[row.isLate ? 'late' : '', row.group, row.asked, row.reading, row.handedIn],
        ]),
      },
      search.get('format') === 'xlsx' ? 'xlsx' : 'csv',
    )
  })
