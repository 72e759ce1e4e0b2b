import type { LoaderFunctionArgs } from '@remix-run/node'
import { MARKING_LABEL, strictestOf } from '~/domain/marking'
import { INSTRUMENT_LABEL } from '~/domain/money-instruments'
import { FINANCING_STAGE_LABEL } from '~/domain/money-stages'
import { PIPELINE_FIELDS, pipelineWish } from '~/domain/pipeline'
import { respond } from '~/faults.server'
import { MOST_EXPORTED, pipelineSums, pipelineTable, printPipeline, totalsWords } from '~/pipeline.server'
import { requireActor } from '~/session.server'
import { tableFile } from '~/spreadsheet.server'

/** Rows of a PDF: more are taken as a table. */
const MOST_PRINTED = 500

/** The pipeline as it is filtered: `?format=csv`, `xlsx` or `pdf`; marking and date in each. */
export const loader = ({ request, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { db, documents } = context.portal
    const search = new URL(request.url).searchParams
    const wish = pipelineWish(search)
    const now = new Date()
    const format = search.get('format')
    const size = format === 'pdf' ? MOST_PRINTED : MOST_EXPORTED
    const [rows, { totals }] = await Promise.all([
      pipelineTable(db, actor, wish, { page: 1, size, now }),
      pipelineSums(db, actor, wish),
    ])
    if (format === 'pdf') {
      const choice = PIPELINE_FIELDS.flatMap((name) =>
        search.get(name) ? [`${name}: ${search.get(name)}`] : [],
      )
      const bytes = await printPipeline(documents, {
        ...{ rows, totals, choice: choice.join(', '), now },
        reader: `${actor.name}, ${actor.organization.name}`,
      })
      return new Response(new Uint8Array(bytes), {
        headers: {
          'Content-Type': 'application/pdf',
          'Content-Disposition': `attachment; filename="forge-pipeline-${now.toISOString().slice(0, 10)}.pdf"`,
          'Cache-Control': 'no-store',
          'X-Content-Type-Options': 'nosniff',
        },
      })
    }
    const whole = MARKING_LABEL[strictestOf(rows)]
    return tableFile(
      {
        name: 'pipeline',
        head: [
          ...['request', 'project', 'asked by', 'institution or source', 'instrument', 'stage'],
          ...['in this stage since (UTC)', 'money, by kind and currency', 'stuck', 'as announced', 'source'],
          ...['marking', `marking of this file`, 'as of (UTC)'],
        ],
        rows: rows.map((row) => [
          ...[row.title, row.project, row.lead, row.institution],
          row.instrument ? INSTRUMENT_LABEL[row.instrument] : row.announcedInstrument,
          ...[FINANCING_STAGE_LABEL[row.stage], row.since?.toISOString() ?? null],
          row.totals ? totalsWords(row.totals) : 'not open to you',
          row.stuck.map(({ why, onWhom }) => `${why}, on ${onWhom}`).join('; '),
          ...[row.announced ? (row.announcedStatus ?? 'announced') : '', row.source],
          ...[MARKING_LABEL[row.marking].tlp, `${whole.tlp} ${whole.label}`, now.toISOString()],
        ]),
      },
      format === 'xlsx' ? 'xlsx' : 'csv',
    )
  })
