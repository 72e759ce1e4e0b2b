/** The most edits a second at which an edit still takes less than 100 ms to the other client, at the 99th percentile. */
import { median, ms, provenance, row, writeSection } from './results'
import type { Contender, Measured, Pace, Stage } from './run'

const DOCUMENTS = 20
const WRITERS = 10
const FIRST_RATE = 2500
/** From one rate to the next while it is kept; then halves of it, so that the result is as exact as the last of them. */
const STEP = 1.5
const HALVINGS = 2
const HIGHEST_RATE = 60_000
const BOUND_MS = 100
const NONE = `not ${FIRST_RATE.toLocaleString('en')}`
const SERVERS = ['ours', 'theirs'] as const satisfies readonly Contender['server'][]

type Best = { rate: number; p99: number }

export async function capacity(stage: Stage, { isQuick }: Pace): Promise<void> {
  const runs = isQuick ? 1 : 3
  const best: Record<(typeof SERVERS)[number], Best[]> = { ours: [], theirs: [] }
  for (let run = 0; run < runs; run++) {
    for (const server of run % 2 ? SERVERS.toReversed() : SERVERS) {
      best[server].push(await climb(stage, { server }))
    }
  }
  const of = (server: (typeof SERVERS)[number]) => median(best[server].map(({ rate }) => rate))
  const cells = (server: (typeof SERVERS)[number]) => [
    of(server).toLocaleString('en'),
    best[server]
      .map(({ rate, p99 }) => (rate > 0 ? `${rate.toLocaleString('en')} (${ms(p99)} ms)` : NONE))
      .join(', '),
  ]
  writeSection('Capacity', [
    `The most edits a second with p99 below ${BOUND_MS} ms on ${DOCUMENTS} documents with ${WRITERS} writers each: the rate`,
    `goes up by ${STEP}, then by less, until one run of 3 s and its repetition miss it, lose an edit, or the generator cannot`,
    'send as fast.',
    '',
    provenance(stage.node, `medians of ${runs} climbs in turns`),
    '',
    row('', 'edits/s', 'each climb (its p99)'),
    '|---|---|---|',
    row('the engine', ...cells('ours')),
    row('Hocuspocus', ...cells('theirs')),
    row('ratio', of('theirs') > 0 ? `**${(of('ours') / of('theirs')).toFixed(2)}**` : NONE, ''),
  ])
}

async function climb(stage: Stage, contender: Contender): Promise<Best> {
  let best: Best = { rate: 0, p99: Number.NaN }
  let step = STEP
  for (let halvings = 0, kept = 0; halvings <= HALVINGS; ) {
    const rate = kept === 0 ? FIRST_RATE : kept * step
    if (rate > HIGHEST_RATE) return best
    const met = (await attempt(stage, contender, rate)) ?? (await attempt(stage, contender, rate))
    if (met) {
      kept = rate
      best = { rate: Math.round(rate / 10) * 10, p99: met.p99 }
    } else if (kept === 0) return best
    // What was missed bounds it from above, and what is kept below that only comes closer.
    if (!met || step < STEP) {
      step = Math.sqrt(step)
      halvings++
    }
  }
  return best
}

/** Null when the rate was not kept. */
async function attempt(stage: Stage, contender: Contender, rate: number): Promise<Measured | null> {
  const load = { documents: DOCUMENTS, writers: WRITERS, editsPerSecond: rate / (DOCUMENTS * WRITERS) }
  const measureMs = 3000
  const times = { warmUpEditsPerSecond: 15, warmUpMs: 2000, settleMs: 1000, measureMs }
  const measured = await stage.measure(contender, load, times)
  const { sent, arrived, expected, p99, lateP99 } = measured
  const kept = arrived === expected && sent > rate * (measureMs / 1000) * 0.98 && p99 < BOUND_MS
  process.stdout.write(
    `${contender.server} ${rate.toFixed(0)}/s: p99 ${ms(p99)}, late ${ms(lateP99)}, sent ${sent}, ${arrived} of ${expected} arrived\n`,
  )
  return kept ? measured : null
}
