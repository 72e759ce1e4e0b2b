/** A crowd on one document: most read, some write, and everybody shows where they are. */
import { median, ms, provenance, row, writeSection } from './results'
import type { Contender, Measured, Pace, Stage } from './run'

const WRITERS = 50
const READERS = 450
/** A reader moves about once in five seconds; a writer's caret moves with each edit. */
const CARETS_PER_SECOND = 0.2
const SERVERS = ['ours', 'theirs'] as const satisfies readonly Contender['server'][]

export async function audience(stage: Stage, { isQuick }: Pace): Promise<void> {
  const runs = isQuick ? 1 : 3
  const measured: Record<(typeof SERVERS)[number], Measured[]> = { ours: [], theirs: [] }
  for (let run = 0; run < runs; run++) {
    for (const server of run % 2 ? SERVERS.toReversed() : SERVERS) {
      const crowd = {
        writers: WRITERS,
        readers: READERS,
        editsPerSecond: 5,
        caretsPerSecond: CARETS_PER_SECOND,
      }
      const times = { warmUpEditsPerSecond: 5, warmUpMs: 0, settleMs: 4000, measureMs: 5000 }
      measured[server].push(await stage.measure({ server }, { documents: 1, ...crowd }, times))
    }
  }
  const cells = (server: (typeof SERVERS)[number]) => {
    const of = (what: 'p50' | 'p95' | 'p99' | 'cpu') => median(measured[server].map((one) => one[what]))
    const share = median(measured[server].map(({ arrived, expected }) => arrived / expected))
    return [
      ...[of('p50'), of('p95'), of('p99')].map(ms),
      `${of('cpu').toFixed(0)} µs`,
      `${(share * 100).toFixed(0)} %`,
    ]
  }
  writeSection('500 people on one document', [
    `${WRITERS} of them write five edits a second each, ${READERS} read; all show their carets: writers with each edit, readers`,
    `${CARETS_PER_SECOND} times a second. From sending an edit until the reader who joined last has it, ms; the server's CPU for each`,
    'edit, carets included; edits that had arrived 2 s after the last was sent.',
    '',
    provenance(stage.node, `medians of ${runs} runs of 5 s in turns`),
    '',
    row('', 'p50', 'p95', 'p99', 'CPU per edit', 'arrived'),
    '|---|---|---|---|---|---|',
    row('the engine', ...cells('ours')),
    row('Hocuspocus', ...cells('theirs')),
  ])
}
