/** More and more writers on one document, five edits a second each: how latency degrades. */
import { median, ms, provenance, row, writeSection } from './results'
import type { Contender, Measured, Pace, Stage } from './run'

const WRITERS = [50, 100, 200, 300, 400, 500, 600] as const
const FEW_WRITERS = [50, 200, 600] as const
const CONTENDERS: readonly Contender[] = [
  { server: 'ours' },
  { server: 'theirs', flushDelay: 0 },
  { server: 'theirs', flushDelay: 20 },
]

export async function curve(stage: Stage, { isQuick }: Pace): Promise<void> {
  const runs = isQuick ? 1 : 2
  const rows: string[] = []
  for (const writers of isQuick ? FEW_WRITERS : WRITERS) {
    const measured = CONTENDERS.map((): Measured[] => [])
    for (let run = 0; run < runs; run++) {
      for (const [i, contender] of CONTENDERS.entries()) {
        const load = { documents: 1, writers, editsPerSecond: 5 }
        const times = { warmUpEditsPerSecond: 5, warmUpMs: 0, settleMs: 2500, measureMs: 4000 }
        measured[i]?.push(await stage.measure(contender, load, times))
      }
    }
    rows.push(row(String(writers), (writers * 5).toLocaleString('en'), ...measured.map(cellOf)))
    process.stdout.write(`${rows.at(-1)}\n`)
  }
  writeSection('Writers on one document', [
    'From 50 to 600 writers on one document, five edits a second each. p50 / p95 / p99 in ms from sending to another',
    "writer, and the server's CPU for each edit; Hocuspocus with its `flushDelay` at 0 (as delivered) and at 20 ms.",
    '',
    provenance(stage.node, `medians of ${runs} runs of 4 s in turns`),
    '',
    row('writers', 'edits/s', 'the engine', 'Hocuspocus', 'Hocuspocus, 20 ms'),
    '|---|---|---|---|---|',
    ...rows,
  ])
}

function cellOf(measured: readonly Measured[]): string {
  const of = (what: 'p50' | 'p95' | 'p99' | 'cpu') => median(measured.map((one) => one[what]))
  const share = median(measured.map(({ arrived, expected }) => arrived / expected))
  const times = [of('p50'), of('p95'), of('p99')].map(ms).join(' / ')
  const missing = share < 1 ? `; ${(share * 100).toFixed(0)} % had arrived 2 s after the last was sent` : ''
  return `${times}; ${of('cpu').toFixed(0)} µs${missing}`
}
