/**
 * The engine beside Hocuspocus 4.7 with its Database extension, on one PostgreSQL, in one run: `npm run bench`, or a
 * part of it, as `npm run bench -- speed`. Both run on Node 24. Each part writes its section of RESULTS.md.
 * BENCH_RUNS and BENCH_MS (of speed) say how many runs, and how long.
 */
import { audience } from './engine/audience'
import { capacity } from './engine/capacity'
import { curve } from './engine/curve'
import { nodes } from './engine/nodes'
import { Stage } from './engine/run'
import { speed } from './engine/speed'

const RUNS = Number(process.env.BENCH_RUNS ?? 5)
const MEASURE_MS = Number(process.env.BENCH_MS ?? 5000)

const PARTS: Record<string, (stage: Stage) => Promise<void>> = {
  speed: (stage) => speed(stage, RUNS, MEASURE_MS),
  capacity: (stage) => capacity(stage, Math.min(RUNS, 3)),
  curve: (stage) => curve(stage, Math.min(RUNS, 3)),
  audience: (stage) => audience(stage, Math.min(RUNS, 3)),
  nodes: (stage) => nodes(stage, Math.min(RUNS, 3)),
}

const asked = process.argv.slice(2)
const unknown = asked.filter((part) => !Object.hasOwn(PARTS, part))
if (unknown.length > 0) {
  process.stderr.write(`There is no part ${unknown.join(', ')}. Parts: ${Object.keys(PARTS).join(', ')}\n`)
  process.exit(1)
}
const stage = await Stage.open()
try {
  for (const [name, part] of Object.entries(PARTS)) {
    if (asked.length === 0 || asked.includes(name)) await part(stage)
  }
} finally {
  await stage.close()
}
