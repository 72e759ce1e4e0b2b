/**
 * Long snapshots over plain HTTP, for those who may join the channel now: the same rights, and the same answer for what
 * does not exist as for what is not open. All who fetch at once are sent pieces of one buffer, each at their own pace.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { SEQ_HEADER } from '../../app/domain/channel-limits'
import { NOT_FOUND } from './channel'
import type { Engine } from './engine'
import type { ResolveSession } from './types'

/** Handed to the socket at a time; the next follows when it was taken. */
const PIECE_BYTES = 256 * 1024
/** A reader who takes nothing for so long is let go of, and with them the buffer. */
const STALLED_MS = 60_000

type Parts = { channels: Engine; resolveSession: ResolveSession }

/** Answers a GET of `snapshotPath`. Rejects when nobody can say who asks or what they may do. */
export const serveSnapshots =
  ({ channels, resolveSession }: Parts) =>
  async (request: IncomingMessage, response: ServerResponse, channelId: string): Promise<void> => {
    const actor = await resolveSession(request.headers)
    if (!actor) return void refuse(response, 401, 'Sign in first.')
    const may = async () =>
      (channels.rights.known(actor.sessionId, channelId) ??
        (await channels.rights.ask(actor.sessionId, channelId))) !== null
    const parcel = (await may()) ? await channels.parcels.get(channelId) : null
    if (!parcel) return void refuse(response, 404, NOT_FOUND)
    const unpacked = !/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
    response.writeHead(200, {
      'content-type': 'application/octet-stream',
      'cache-control': 'no-store',
      [SEQ_HEADER]: parcel.seq,
      ...(unpacked ? {} : { 'content-encoding': 'gzip', 'content-length': parcel.data.length }),
    })
    response.setTimeout(STALLED_MS, () => response.destroy())
    if (!unpacked && parcel.data.length <= PIECE_BYTES) return void response.end(parcel.data)
    const pieces = Readable.from(piecesOf(parcel.data, may), {
      objectMode: false,
      highWaterMark: PIECE_BYTES,
    })
    try {
      if (unpacked) await pipeline(pieces, createGunzip(), response)
      else await pipeline(pieces, response)
    } catch {
      // The reader went away, or their right did: what they have is incomplete, and they can tell.
    }
  }

/** Ends in an error when the right is taken away meanwhile. */
async function* piecesOf(data: Buffer, may: () => Promise<boolean>): AsyncGenerator<Buffer> {
  for (let at = 0; at < data.length; at += PIECE_BYTES) {
    if (at > 0 && !(await may())) throw new Error('not open any more')
    yield data.subarray(at, at + PIECE_BYTES)
  }
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
  response.end(`${reason}\n`)
}
