import { createHash } from 'node:crypto'
import { chmod, lstat, mkdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Launch } from './unprivileged'

/** `sockaddr_un` holds 107 bytes and the terminating zero; the socket's name takes 14 of them. */
const SOCKET_PATH_BYTES = 107
export const PORT = 5432
const SOCKET_NAME = `/.s.PGSQL.${PORT}`

const fits = (folder: string) => Buffer.byteLength(folder + SOCKET_NAME) <= SOCKET_PATH_BYTES

/** A database of the server whose socket is in `sockets`. */
export const socketUrl = (sockets: string, database: string) =>
  `postgresql://forge@localhost:${PORT}/${database}?host=${encodeURIComponent(sockets)}&sslmode=disable`

/** Where the server of a data folder has its socket. Throws when there is no path that is short enough. */
export function socketsOf(folder: string): string {
  const name = `forge-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`
  const sockets = [path.join(folder, 'socket'), path.join(tmpdir(), name), path.join('/tmp', name)].find(fits)
  if (!sockets) throw new Error(`There is no folder for a socket: the path of ${tmpdir()} is too long.`)
  return sockets
}

/**
 * A fresh folder for the server's socket, which only its user enters: in the data folder; in a short folder below the
 * temp directory when that path is too long. A socket left over from a kill goes with the old folder.
 */
export async function socketFolder(folder: string, launch: Launch): Promise<string> {
  const sockets = socketsOf(folder)
  await rm(sockets, { recursive: true, force: true })
  // Not recursive: in a temp directory, a folder that somebody else put there must not be taken for ours.
  await mkdir(sockets, { mode: 0o700 })
  await chmod(sockets, 0o700)
  if ((await lstat(sockets)).uid !== process.getuid?.()) throw new Error(`${sockets} is not ours.`)
  await launch.own(sockets)
  return sockets
}
