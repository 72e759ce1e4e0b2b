/** The portal's own PostgreSQL: made, started, watched and stopped with it. */
import path from 'node:path'
import pg from 'pg'
import type { Logger } from 'pino'
import { findBinaries } from './binaries'
import { ensureCluster } from './cluster'
import { clearLeftovers } from './leftovers'
import { lockFolder } from './lock'
import { socketFolder, socketUrl } from './socket'
import { Supervisor } from './supervisor'
import { launchHere } from './unprivileged'

const DATABASE = 'forge'

export type Embedded = {
  /** For the pool; stays the same when the server is started anew. */
  url: string
  /** Of the server that runs now; 0 while it is being started anew. */
  pid: () => number
  /** A fast shutdown: running statements are ended, the disk is in order, the folder is free for another portal. */
  stop: () => Promise<void>
}

/**
 * Starts PostgreSQL on `<folder>/postgres`, making the cluster the first time. Should the server die, it is started
 * again until `stop`. `folder` is an absolute path of a folder that exists.
 * Throws, with what to do, when another portal has the folder or PostgreSQL cannot run here.
 */
export async function startEmbedded({ folder, log }: { folder: string; log: Logger }): Promise<Embedded> {
  const unlock = await lockFolder(folder)
  let supervisor: Supervisor | null = null
  try {
    const launch = await launchHere()
    const binaries = await findBinaries(launch)
    const data = path.join(folder, 'postgres')
    await launch.reach(data, folder)
    await ensureCluster(binaries, launch, data)
    const found = await clearLeftovers(data)
    if (found !== 'none') log.warn({ found }, 'a PostgreSQL was left over from a portal that was killed')
    const sockets = await socketFolder(folder, launch)
    supervisor = new Supervisor({ binaries, launch, data, sockets, log })
    await supervisor.start()
    await ensureDatabase(sockets)
    const running = supervisor
    return {
      url: socketUrl(sockets, DATABASE),
      pid: () => running.pid,
      stop: async () => {
        await running.stop()
        await unlock()
      },
    }
  } catch (error) {
    await supervisor?.stop()
    await unlock()
    throw error
  }
}

async function ensureDatabase(sockets: string) {
  const client = new pg.Client({ connectionString: socketUrl(sockets, 'postgres') })
  // What breaks is told by the statement that was under way.
  client.on('error', () => {})
  await client.connect()
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE])
    if (!rowCount) await client.query(`create database ${DATABASE}`)
  } finally {
    await client.end()
  }
}
