import type { Portal } from '../server/portal'

declare module '@remix-run/node' {
  interface AppLoadContext {
    portal: Portal
    /** For this response's scripts: the Content-Security-Policy allows no other. */
    nonce: string
    /** Stands in the log and on error pages. */
    requestId: string
    /** Address of the client, for the audit trail and rate limits. */
    from: string | null
  }
}
