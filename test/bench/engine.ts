/**
 * The engine beside Hocuspocus 4.7 with its Database extension, on one PostgreSQL, in one run: `npm run bench` (about half
 * an hour), or parts of it, as `npm run bench -- speed curve`. `--quick` runs everything once and less of it (about ten
 * minutes). Both run on Node 24. Each part writes its section of RESULTS.md.
 */
import { audience } from './engine/audience'
import { capacity } from './engine/capacity'
import { curve } from './engine/curve'
import { large } from './engine/large'
import { nodes } from './engine/nodes'
import { type Pace, Stage } from './engine/run'
import { speed } from './engine/speed'

const PARTS: Record<string, (stage: Stage, pace: Pace) => Promise<void>> = {
  ...{ speed, capacity, curve, audience, nodes, large },
}
const QUICK = '--quick'

const asked = process.argv.slice(2).filter((argument) => argument !== QUICK)
const pace: Pace = { isQuick: process.argv.includes(QUICK) }
const unknown = asked.filter((part) => !Object.hasOwn(PARTS, part))
if (unknown.length > 0) {
  process.stderr.write(`There is no part ${unknown.join(', ')}. Parts: ${Object.keys(PARTS).join(', ')}\n`)
  process.exit(1)
}
const stage = await Stage.open()
try {
  for (const [name, part] of Object.entries(PARTS)) {
    if (asked.length > 0 && !asked.includes(name)) continue
    const started = performance.now()
    await part(stage, pace)
    process.stdout.write(`${name} took ${((performance.now() - started) / 1000).toFixed(0)} s\n`)
  }
} finally {
  await stage.close()
}
