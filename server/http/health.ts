import { timingSafeEqual } from 'node:crypto'
import { Router } from 'express'
import type { Registry } from 'prom-client'

export type Health = {
  /** True from the first listening until a stop is asked for. */
  accepting: () => boolean
  /** Resolves when the database answers; rejects with why it does not. */
  database: () => Promise<unknown>
}

const same = (a: string, b: string) =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

/**
 * `/healthz`: the process answers. `/readyz`: it takes work and its database answers, else 503 with the part that
 * does not. `/metrics`: Prometheus text, for holders of METRICS_TOKEN, or for this machine alone when none is set.
 */
export function healthRoutes({
  health,
  metrics,
  token,
}: {
  health: Health
  metrics: Registry
  token: string | undefined
}) {
  const router = Router()
  router.get('/healthz', (_request, response) => {
    response.type('text/plain').send('ok\n')
  })
  router.get('/readyz', async (_request, response) => {
    response.type('text/plain')
    if (!health.accepting()) return void response.status(503).send('stopping\n')
    try {
      await health.database()
      response.send('ok\n')
    } catch {
      response.status(503).send('database away\n')
    }
  })
  router.get('/metrics', async (request, response) => {
    const local = ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.socket.remoteAddress ?? '')
    const forwarded = request.headers['x-forwarded-for'] !== undefined
    const allowed = token ? same(request.headers.authorization ?? '', `Bearer ${token}`) : local && !forwarded
    if (!allowed) return void response.status(404).type('text/plain').send('Not found\n')
    response.type(metrics.contentType).send(await metrics.metrics())
  })
  return router
}
