/** The portal's HTTP side: health, metrics, sign-in's API, files, pages. */
import { randomUUID } from 'node:crypto'
import type { Server } from 'node:http'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { createRequestHandler } from '@remix-run/express'
import type { ServerBuild } from '@remix-run/node'
import { toNodeHandler } from 'better-auth/node'
import compression from 'compression'
import express, { type NextFunction, type Request, type Response } from 'express'
import { pinoHttp } from 'pino-http'
import type { Registry } from 'prom-client'
import '../../app/load-context'
import { OPEN_PATHS } from '../auth/auth'
import type { serveSnapshots } from '../channels/serve-snapshots'
import type { Portal } from '../portal'
import { type Health, healthRoutes } from './health'
import { nonce, sameOriginOnly, securityHeaders } from './security'

const require = createRequire(import.meta.url)

export type AppOptions = {
  portal: Portal
  metrics: Registry
  health: Health
  snapshots: ReturnType<typeof serveSnapshots>
  /** Folder of package.json. */
  root: string
  /** The server that Vite's hot reload shares; null in production. */
  development: Server | null
}

/** The Express application. In development pages come from Vite, otherwise from `build/`. */
export async function createApp({ portal, metrics, health, snapshots, root, development }: AppOptions) {
  const { config, log } = portal
  const secure = config.origin.startsWith('https:')
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', config.trustProxy)
  app.use(healthRoutes({ health, metrics, token: config.metricsToken }))
  app.use(
    pinoHttp({
      logger: log,
      genReqId: (_request, response) => {
        const id = randomUUID()
        response.setHeader('X-Request-Id', id)
        return id
      },
      // The path only: a query may hold what somebody searched for.
      serializers: {
        req: (request) => ({ id: request.id, method: request.method, path: request.url.split('?')[0] }),
        res: (response) => ({ status: response.statusCode }),
      },
      customLogLevel: (_request, response, error) =>
        error || response.statusCode >= 500 ? 'error' : response.statusCode >= 400 ? 'info' : 'debug',
    }),
  )
  app.use(compression())
  app.use(nonce, securityHeaders({ secure, development: development !== null }))
  app.use(sameOriginOnly([config.origin]))
  app.use((request, _response, next) => {
    // better-auth reads the address here; a value from outside must not get through.
    request.headers['x-forge-client-ip'] = request.ip ?? ''
    next()
  })
  app.all('/api/auth/*', (request, response, next) => {
    // better-auth offers far more than the portal's pages use: the rest does not exist here.
    if (!OPEN_PATHS.some((open) => request.path === `/api/auth${open}`)) return next('route')
    return toNodeHandler(portal.auth)(request, response)
  })
  app.get('/channels/:channel/snapshot', (request, response, next) => {
    snapshots(request, response, String(request.params.channel)).catch(next)
  })
  app.use(
    '/flags',
    express.static(folderOf('flag-icons/package.json', 'flags/4x3'), { maxAge: '30d', index: false }),
  )

  const vite = development ? await startVite(development, root) : null
  if (vite) app.use(vite.middlewares)
  else {
    app.use(
      '/assets',
      express.static(path.join(root, 'build/client/assets'), { immutable: true, maxAge: '1y' }),
    )
    app.use(express.static(path.join(root, 'build/client'), { maxAge: '1h', index: false }))
  }
  app.all(
    '*',
    createRequestHandler({
      build: vite
        ? async () => serverBuild(await vite.ssrLoadModule('virtual:remix/server-build'))
        : serverBuild(await import(pathToFileURL(path.join(root, 'build/server/index.js')).href)),
      getLoadContext: (request, response) => ({
        portal,
        nonce: String(response.locals.nonce),
        requestId: String(request.id),
        from: request.ip ?? null,
      }),
    }),
  )
  app.use((error: unknown, request: Request, response: Response, next: NextFunction) => {
    log.error({ err: error, requestId: request.id }, 'request failed outside a page')
    if (response.headersSent) return next(error)
    response
      .status(500)
      .type('text/plain')
      .send(`Something went wrong. Quote ${request.id} to the secretariat.\n`)
  })
  return { app, close: async () => vite?.close() }
}

/** Vite and `import()` give a module as `Record<string, any>`; Remix's own compiler made it, so it is a build. */
function serverBuild(module: Record<string, unknown>): ServerBuild {
  return module as unknown as ServerBuild
}

function folderOf(packageJson: string, below: string) {
  return path.join(path.dirname(require.resolve(packageJson)), below)
}

async function startVite(server: Server, root: string) {
  const { createServer } = await import('vite')
  const listeners = process.listeners('SIGTERM')
  const vite = await createServer({ root, server: { middlewareMode: true, hmr: { server } } })
  // Remix's compiler takes SIGTERM for itself, which would end the process before edits are flushed.
  for (const listener of process.listeners('SIGTERM')) {
    if (!listeners.includes(listener)) process.removeListener('SIGTERM', listener)
  }
  return vite
}
