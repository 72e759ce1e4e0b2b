import type { LoaderFunctionArgs } from '@remix-run/node'
import { csvOf } from '~/domain/csv'
import { PROPOSAL_STATE_LABEL } from '~/domain/project-stage'
import { proposalFilterFrom } from '~/domain/proposal-filter'
import { HELD_BY } from '~/domain/proposal-machine'
import { respond } from '~/faults.server'
import { everyProposal } from '~/projects.server'
import { requireActor } from '~/session.server'

/** The proposals that fit the filters and that the reader may know of, as a file. */
export const loader = ({ request, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const filter = proposalFilterFrom(new URL(request.url).searchParams)
    const rows = await everyProposal(context.portal.db, actor, filter)
    const file = csvOf(
      ['id', 'proposal', 'project', 'lead', 'state', 'with', 'marking', 'last written (UTC)', 'by'],
      rows.map((one) => [
        ...[one.id, one.title, one.projectTitle, one.lead, PROPOSAL_STATE_LABEL[one.state]],
        ...[HELD_BY[one.state], one.marking, one.writtenAt?.toISOString() ?? null, one.writtenBy],
      ]),
    )
    return new Response(file, {
      headers: {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="forge-proposals-${new Date().toISOString().slice(0, 10)}.csv"`,
        'Cache-Control': 'no-store',
      },
    })
  })
