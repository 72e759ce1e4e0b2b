/** Somebody who opens a document and stays: on the portal's protocol, and on Hocuspocus's. */
import { randomUUID } from 'node:crypto'
import { get } from 'node:http'
import { SEQ_HEADER, snapshotPath } from '../../../app/domain/channel-limits'
import { join, type LiveSocket, openSocket } from '../../harness/live-server'
import { openTheirs } from './their-line'

export type Visit = (port: number, document: string) => Promise<void>

const url = (port: number) => `http://127.0.0.1:${port}`

export const connectOurs = (port: number): Promise<LiveSocket> =>
  openSocket(url(port), { authorization: `user-${randomUUID()}` })

export const visitOurs: Visit = async (port, document) => {
  const socket = await connectOurs(port)
  const writer = randomUUID()
  const first = await join(socket, document, writer)
  if (!first.ok) throw new Error(first.reason)
  if (!first.snapshot || first.snapshot.data) return
  const rest = await join(socket, document, writer, await fetched(port, document))
  if (!rest.ok || rest.snapshot) throw new Error('the snapshot was not the one to join from')
}

/** Read as it comes: unpacking it is the reader's own work. */
function fetched(port: number, document: string): Promise<number> {
  const headers = { authorization: `user-${randomUUID()}`, 'accept-encoding': 'gzip' }
  return new Promise((resolve, reject) => {
    get(`${url(port)}${snapshotPath(document)}`, { headers, agent: false }, (answer) => {
      answer.on('data', () => {})
      answer.on('end', () => resolve(Number(answer.headers[SEQ_HEADER])))
      answer.on('error', reject)
    }).on('error', reject)
  })
}

export const visitTheirs: Visit = async (port, document) => {
  await openTheirs(port, document, null)
}
