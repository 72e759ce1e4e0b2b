import { randomBytes } from 'node:crypto'
import type { NextFunction, Request, Response } from 'express'
import helmet from 'helmet'

/** A fresh nonce for every response, in `res.locals.nonce`; the policy allows no other inline script. */
export function nonce(_request: Request, response: Response, next: NextFunction) {
  response.locals.nonce = randomBytes(16).toString('base64')
  next()
}

const nonceOf = (response: unknown) => `'nonce-${(response as Response).locals.nonce}'`

/**
 * Security headers. `secure`: the portal is reached by https. `development`: Vite's client needs its own
 * style elements and evaluates nothing, so only styles are loosened.
 */
export function securityHeaders({ secure, development }: { secure: boolean; development: boolean }) {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", (_request, response) => nonceOf(response)],
        scriptSrcAttr: ["'none'"],
        styleSrc: development
          ? ["'self'", "'unsafe-inline'"]
          : ["'self'", (_request, response) => nonceOf(response)],
        // Column widths of tables and positions of popovers are style attributes; they run no code.
        styleSrcAttr: ["'unsafe-inline'"],
        // Pictures in a document are kept in it.
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'", ...(development ? ['ws:'] : [])],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        upgradeInsecureRequests: secure ? [] : null,
      },
    },
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    referrerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
  })
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses what changes something and does not come from the portal's own pages. Browsers send `Origin` with
 * every such request; one without it and without `Sec-Fetch-Site` is no browser and carries no ambient cookie.
 */
export function sameOriginOnly(origins: readonly string[]) {
  return (request: Request, response: Response, next: NextFunction) => {
    if (SAFE.has(request.method)) return next()
    const origin = request.headers.origin
    const site = request.headers['sec-fetch-site']
    const foreign =
      origin !== undefined ? !origins.includes(origin) : site !== undefined && site !== 'same-origin'
    if (!foreign) return next()
    response
      .status(403)
      .type('text/plain')
      .send('This form was sent from another site, so it was not accepted.\n')
  }
}
