/**
 * On Linux a thread has a priority of its own. Where cores are few, the thread that serves everybody goes before those
 * that somebody can wait for.
 */
import { readdirSync, readFileSync } from 'node:fs'
import os from 'node:os'

const THREADS = '/proc/self/task'
/** What Node calls the threads of V8, from version 24 on; before, they have no name of their own. */
const COLLECTOR = 'V8Worker'
const { PRIORITY_BELOW_NORMAL } = os.constants.priority

/** A thread, by its system's number, goes on at a lower priority; 0 is the one that calls. */
export function stepAside(thread = 0): void {
  if (process.platform !== 'linux') return
  try {
    // Nobody may raise a priority again.
    if (os.getPriority(thread) < PRIORITY_BELOW_NORMAL) os.setPriority(thread, PRIORITY_BELOW_NORMAL)
  } catch {
    // It has ended, or a hardened machine forbids it: the work is done all the same.
  }
}

/**
 * The threads that collect garbage and compile step aside: four of them at work leave the first a fifth of the core that
 * they share. Those that read files and compute passwords do not, for people wait for them.
 */
export function serveFirst(): void {
  if (process.platform !== 'linux') return
  try {
    for (const thread of readdirSync(THREADS)) {
      const name = readFileSync(`${THREADS}/${thread}/comm`, 'utf8').trim()
      if (name === COLLECTOR) stepAside(Number(thread))
    }
  } catch {
    // Where a machine shows no threads, none steps aside.
  }
}
