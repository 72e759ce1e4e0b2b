/**
 * One, two and four nodes under one load, the people of each document spread over all of them: what each node more costs,
 * and what it leaves free. They share one core here, so the figures are CPU and latency at a rate that one core keeps up
 * with, and how many edits a second as many cores would take.
 */
import { hasRedis } from '../../harness/redis-process'
import { median, ms, provenance, row, writeSection } from './results'
import type { Measured, Pace, Stage } from './run'

const NODES = [1, 2, 4] as const
const LOAD = { documents: 20, writers: 10, editsPerSecond: 5 }
/** Of a core, that a node may use in the arithmetic. */
const USED = 0.7

export async function nodes(stage: Stage, { isQuick }: Pace): Promise<void> {
  const runs = isQuick ? 1 : 3
  if (!hasRedis)
    return void process.stdout.write('Several nodes are not measured: there is no redis-server.\n')
  const measured = NODES.map((): Measured[] => [])
  for (let run = 0; run < runs; run++) {
    for (const [i, count] of NODES.entries()) {
      const times = { warmUpEditsPerSecond: 10, warmUpMs: 4000, settleMs: 1000, measureMs: 5000 }
      measured[i]?.push(await stage.measure({ server: 'ours', nodes: count }, LOAD, times))
    }
  }
  const rows = NODES.map((count, i) => {
    const of = (what: 'p50' | 'p99' | 'cpu' | 'database') =>
      median((measured[i] ?? []).map((one) => one[what]))
    const all = measured[i]?.every((one) => one.arrived === one.expected) ? 'all' : 'not all'
    const most = (count * USED * 1_000_000) / of('cpu')
    return row(
      String(count),
      `${of('cpu').toFixed(0)} µs`,
      `${of('database').toFixed(0)} µs`,
      ms(of('p50')),
      ms(of('p99')),
      all,
      (Math.round(most / 100) * 100).toLocaleString('en'),
    )
  })
  const { documents, writers, editsPerSecond } = LOAD
  writeSection('One, two and four nodes', [
    `${documents} documents with ${writers} writers each, ${(documents * writers * editsPerSecond).toLocaleString('en')} edits a second; connections go to the nodes in turn, so that every document`,
    'has people on all of them. All nodes share one core. CPU of all nodes together, and of PostgreSQL, for each edit; ms to',
    `the other client; and how many edits a second the nodes would take with a core each, used to ${USED * 100} %.`,
    '',
    provenance(stage.node, `medians of ${runs} runs of 5 s in turns`),
    '',
    row('nodes', 'CPU per edit', 'of PostgreSQL', 'p50', 'p99', 'arrived', 'edits/s with a core each'),
    '|---|---|---|---|---|---|---|',
    ...rows,
  ])
}
