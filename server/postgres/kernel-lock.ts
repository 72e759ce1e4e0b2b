import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)
/** What `flock` is told to answer when another process holds the lock. */
const HELD = 75

/**
 * The kernel's own lock on the cluster in `data`, inherited by server and backends, so that it is held while one of them
 * lives. It holds where process ids say nothing, between containers that share a folder.
 * Out: the program and options to put before the server's command; none where such a lock cannot be had (not on Linux,
 * some network disks), and `lockFolder` is all there is. Throws when the lock is held.
 */
export async function kernelLock(data: string): Promise<string[]> {
  const options = ['--no-fork', '--nonblock', '--conflict-exit-code', String(HELD), data]
  try {
    await run('flock', [...options, 'true'])
    return ['flock', ...options]
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === HELD)) return []
    throw new Error(
      `Another PostgreSQL works on ${data}, perhaps one of another container. Stop it first, or set DATA_DIR to another folder.`,
    )
  }
}
