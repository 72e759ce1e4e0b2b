/** CPU for each edit and how long an edit takes to the other client, at rates that both servers keep up with. */
import { DISTANCE_MS } from '../../../server/channels/core/batch'
import { median, ms, provenance, row, writeSection } from './results'
import type { Contender, Load, Measured, Pace, Stage } from './run'

const LOADS: readonly Load[] = [
  { documents: 100, writers: 2, editsPerSecond: 5 },
  { documents: 20, writers: 10, editsPerSecond: 5 },
  { documents: 4, writers: 50, editsPerSecond: 5 },
  { documents: 20, writers: 10, editsPerSecond: 20 },
  { documents: 4, writers: 50, editsPerSecond: 20 },
]
const SERVERS = ['ours', 'theirs'] as const satisfies readonly Contender['server'][]
type Server = (typeof SERVERS)[number]
/** In this time Hocuspocus stores each document that is written in once. */
const MEASURE_MS = 10_000

export async function speed(stage: Stage, { isQuick }: Pace): Promise<void> {
  const runs = isQuick ? 1 : 5
  const rows: string[] = []
  const commits = await stage.commits()
  const floor = [0.5, 0.95, 0.99].map((share) => ms(commits[Math.floor(commits.length * share)] ?? 0))
  for (const load of LOADS) {
    const measured: Record<Server, Measured[]> = { ours: [], theirs: [] }
    for (let run = 0; run < runs; run++) {
      for (const server of run % 2 ? SERVERS.toReversed() : SERVERS) {
        const times = { warmUpEditsPerSecond: 20, warmUpMs: 5000, settleMs: 4000, measureMs: MEASURE_MS }
        measured[server].push(await stage.measure({ server }, load, times))
      }
    }
    rows.push(rowOf(load, measured))
    process.stdout.write(`${rows.at(-1)}\n`)
  }
  writeSection('Speed', [
    'Hocuspocus 4.7.0 with its Database extension and the engine with its PostgreSQL log, on the same PostgreSQL, each',
    'alone on one core, the load on the other. Every document holds the recorded text of about 21,000 letters that two',
    'people typed; everybody types on in it, a letter or a correction an edit, each at moments of their own. Whoever only',
    'receives is read ten times a second; one of each document notes when edits come. CPU is that of the server, without',
    'PostgreSQL. Every edit of ours is committed before anybody sees it; of theirs none is when it is acknowledged:',
    'while people write, it stores each document every 10 s, which is how long is measured.',
    'Ours / theirs, after 20,000 edits to warm up; the generator is late when it is the bottleneck. Both run with the',
    'arguments that `npm start` gives Node: with a larger young generation it may collect a small heap whole every two',
    'seconds, and for a tenth of one the slowest edits take three times as long.',
    `Here PostgreSQL alone takes p50 / p95 / p99 ${floor.join(' / ')} ms to commit one row: an edit that is durable`,
    `before it is seen takes that, and half of the ${DISTANCE_MS.shortest} to ${DISTANCE_MS.usual} ms between two commits, or of more where telling is slow.`,
    '',
    provenance(stage.node, `medians of ${runs} runs of ${MEASURE_MS / 1000} s in turns`),
    '',
    row(
      'documents × writers',
      'edits/s',
      'CPU per edit, µs',
      'ratio',
      'p50, ms',
      'p99, ms',
      'ratio',
      'generator late p99, ms',
      'arrived',
    ),
    '|---|---|---|---|---|---|---|---|---|',
    ...rows,
  ])
}

function rowOf({ documents, writers, editsPerSecond }: Load, measured: Record<Server, Measured[]>): string {
  const of = (server: Server, what: 'cpu' | 'p50' | 'p99' | 'lateP99') =>
    median(measured[server].map((one) => one[what]))
  const all = (server: Server) =>
    measured[server].every((one) => one.arrived === one.expected) ? 'all' : 'not all'
  const ratio = (what: 'cpu' | 'p99') => `**${(of('ours', what) / of('theirs', what)).toFixed(2)}**`
  return row(
    `${documents} × ${writers}`,
    (documents * writers * editsPerSecond).toLocaleString('en'),
    `${of('ours', 'cpu').toFixed(0)} / ${of('theirs', 'cpu').toFixed(0)}`,
    ratio('cpu'),
    `${ms(of('ours', 'p50'))} / ${ms(of('theirs', 'p50'))}`,
    `${ms(of('ours', 'p99'))} / ${ms(of('theirs', 'p99'))}`,
    ratio('p99'),
    ms(Math.max(of('ours', 'lateP99'), of('theirs', 'lateP99'))),
    `${all('ours')} / ${all('theirs')}`,
  )
}
