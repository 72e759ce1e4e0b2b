/** The engine on its PostgreSQL log and its sockets, as the portal runs it; who may do what is answered from memory. */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { pino } from 'pino'
import type { Actor } from '../../../app/domain/people'
import { connect } from '../../../db/connection'
import { migrate } from '../../../db/migrate'
import { createChannel } from '../../../server/channels/create'
import { createChannels } from '../../../server/channels/engine'
import { connectRedis } from '../../../server/channels/redis'
import { serveSnapshots } from '../../../server/channels/serve-snapshots'
import { attachSockets } from '../../../server/channels/socket'
import type { ResolveSession } from '../../../server/channels/types'
import { createMetrics } from '../../../server/metrics'
import { serveFirst } from '../../../server/priority'

serveFirst()
const url = process.env.DATABASE_URL ?? ''
await migrate(url)
const db = connect(url, () => {})
const author = { userId: 'bench', organizationId: 'bench' }
for (const id of (process.env.DOCUMENTS ?? '').split(',').filter(Boolean)) {
  const first = readFileSync(process.env.STATE ?? '')
  await db.transaction((tx) => createChannel(tx, { id, kind: 'document', author, first }))
}
const actorOf = (userId: string): Actor => ({
  userId,
  name: userId,
  email: `${userId}@bench.test`,
  sessionId: `session-${userId}`,
  organization: { kind: 'delegation', id: 'bench', name: 'Bench', partnerIso2: 'KE', role: 'head' },
})
const channels = createChannels({
  db,
  log: pino({ level: 'silent' }),
  metrics: createMetrics(),
  resolveAccess: async (sessionId) => ({
    actor: actorOf(sessionId.replace('session-', '')),
    access: 'write',
  }),
})
const resolveSession: ResolveSession = async ({ authorization }) => actorOf(String(authorization))
const snapshots = serveSnapshots({ channels, resolveSession })
const server = createServer((request, response) => {
  void snapshots(request, response, decodeURIComponent(request.url?.split('/')[2] ?? ''))
})
const redisUrl = process.env.REDIS_URL
const redis = redisUrl ? connectRedis(redisUrl, pino({ level: 'silent' })) : null
attachSockets(server, { channels, origin: 'http://bench.test', resolveSession, redis })
// Ends with the bench.
process.once('disconnect', () => process.exit())
server.listen(Number(process.env.PORT), '127.0.0.1', () => process.send?.('ready'))
