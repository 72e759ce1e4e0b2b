/** Loaded before a node's own code (`--import`): its clock is as far ahead of the machine's, in ms, as a file says. */
import { readFileSync, writeFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

const Real = Date
const file = process.env.FORGE_TEST_CLOCK
let ahead = 0

setInterval(() => {
  ahead = Number(readFileSync(file, 'utf8')) || 0
  if (isMainThread) writeFileSync(`${file}.seen`, String(Math.round((Date.now() - Real.now()) / 1000) * 1000))
}, 100).unref()

globalThis.Date = class extends Real {
  constructor(...given) {
    super(...(given.length ? given : [Real.now() + ahead]))
  }
  static now() {
    return Real.now() + ahead
  }
}
