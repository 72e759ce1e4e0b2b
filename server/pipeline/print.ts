import { formatDecimal } from '../../app/domain/decimal-words'
import { MARKING_LABEL, strictestOf } from '../../app/domain/marking'
import { INSTRUMENT_LABEL } from '../../app/domain/money-instruments'
import { LEDGER_KINDS, LEDGER_LABEL, type Totals } from '../../app/domain/money-ledger'
import { FINANCING_STAGE_LABEL } from '../../app/domain/money-stages'
import type { PipelineRow } from '../../db/queries/pipeline-asks'
import type { TextNode } from '../documents/formats/read-document'
import type { DocumentWorker } from '../documents/worker-client'

/** "committed USD 1,000; disbursed USD 250": kinds and currencies each by itself. */
export const totalsWords = (totals: readonly Totals[]): string =>
  LEDGER_KINDS.flatMap((kind) =>
    totals.flatMap(({ currency, sums }) =>
      /^-?0(\.0*)?$/.test(sums[kind])
        ? []
        : [`${LEDGER_LABEL[kind].label.toLowerCase()} ${currency} ${formatDecimal(sums[kind])}`],
    ),
  ).join('; ')

const paragraph = (text: string): TextNode => ({
  type: 'paragraph',
  content: text ? [{ type: 'text', text }] : [],
})
const row = (cells: readonly string[], type: 'tableCell' | 'tableHeader'): TextNode => ({
  type: 'tableRow',
  content: cells.map((text) => ({ type, content: [paragraph(text)] })),
})

const HEAD = ['Request', 'Institution', 'Stage', 'Money', 'Stuck']

/** The pipeline as one reader sees it, as PDF: marking and date on every page, sums by kind and currency before the rows. */
export function printPipeline(
  documents: Pick<DocumentWorker, 'run'>,
  {
    rows,
    totals,
    choice,
    reader,
    now,
  }: { rows: readonly PipelineRow[]; totals: readonly Totals[]; choice: string; reader: string; now: Date },
): Promise<Uint8Array> {
  const { tlp, label } = MARKING_LABEL[strictestOf(rows)]
  const date = `${now.toISOString().slice(0, 16).replace('T', ' ')} UTC`
  return documents.run('printOutline', {
    title: 'Pipeline',
    kind: 'Financing',
    marking: `${tlp} · ${label}`,
    version: 'as it stands',
    date,
    facts: [
      ['Choice', choice || 'everything'],
      ['As seen by', reader],
      ['Asks', String(rows.length)],
      ['Sums', totalsWords(totals) || 'none that is open'],
      ['Read them so', 'Kinds are never added up: a letter of interest is not money.'],
    ],
    sections: [
      {
        heading: 'Asks',
        blocks: rows.length
          ? [
              {
                type: 'table',
                content: [
                  row(HEAD, 'tableHeader'),
                  ...rows.map((one) =>
                    row(
                      [
                        [one.title, one.lead ?? 'as announced'].join(', '),
                        [
                          one.institution,
                          one.instrument ? INSTRUMENT_LABEL[one.instrument] : one.announcedInstrument,
                        ]
                          .filter(Boolean)
                          .join(', '),
                        FINANCING_STAGE_LABEL[one.stage],
                        one.totals ? totalsWords(one.totals) : 'not open to you',
                        one.stuck.map(({ why, onWhom }) => `${why}, on ${onWhom}`).join('; '),
                      ],
                      'tableCell',
                    ),
                  ),
                ],
              },
            ]
          : [paragraph('None.')],
      },
    ],
  })
}
