import type { LoaderFunctionArgs } from '@remix-run/node'
import { SUPPLY_SOURCE_LABEL, SUPPLY_STAGE_LABEL } from '~/domain/supply'
import { supplyWish } from '~/domain/supply-wish'
import { respond } from '~/faults.server'
import { requireActor } from '~/session.server'
import { tableFile } from '~/spreadsheet.server'
import { supplyOverview } from '~/supply.server'

/** The page of supply as a file, by the same choice: `?format=csv` or `?format=xlsx`. */
export const loader = ({ request, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const search = new URL(request.url).searchParams
    const wish = supplyWish(search)
    const lines = await supplyOverview(context.portal.db, actor, wish)
    const shown = lines.filter(({ stage }) => !wish.stage || stage === wish.stage)
    const percent = Math.round(wish.ceiling * 100)
    return tableFile(
      {
        name: `supply-${wish.year}`,
        head: [
          ...['mineral', 'product', 'stage', 'year', 'largest country', 'share of the largest (%)'],
          ...['HHI lower bound (0-10000)', 'HHI upper bound (0-10000)', 'listed total (t)'],
          ...['world total as published (t)', 'other countries (t)', 'countries without a figure'],
          ...[`missing to ${percent} % (t/a)`, 'projects add (t/a)', 'gap closed (%)'],
          ...['source', 'licence', 'basis'],
        ],
        rows: shown.map(({ concentration, gap, ...line }) => [
          ...[line.mineral, line.product, SUPPLY_STAGE_LABEL[line.stage], line.year],
          concentration?.largest.country ?? null,
          concentration && concentration.largest.share * 100,
          ...[concentration?.hhi.low ?? null, concentration?.hhi.high ?? null, concentration?.total ?? null],
          ...[concentration?.stated ?? null, concentration?.other ?? null],
          concentration?.without.join('; ') ?? line.notComparable,
          ...[gap?.missing ?? null, line.capacity, gap?.closed == null ? null : gap.closed * 100],
          ...[`${SUPPLY_SOURCE_LABEL[line.dataset]}: ${line.source}`, line.licence, line.basis],
        ]),
      },
      search.get('format') === 'xlsx' ? 'xlsx' : 'csv',
    )
  })
