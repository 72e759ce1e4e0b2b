/**
 * On Linux a thread has a priority of its own. Where cores are few, the thread that serves everybody goes before those
 * that somebody can wait for.
 */
import { readdirSync } from 'node:fs'
import os from 'node:os'

const THREADS = '/proc/self/task'
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
 * The threads that Node has started so far beside the first, which collect garbage and compile: four of them at work
 * leave the first a fifth of the core that they share.
 */
export function serveFirst(): void {
  if (process.platform !== 'linux') return
  for (const thread of readdirSync(THREADS).map(Number)) if (thread !== process.pid) stepAside(thread)
}
