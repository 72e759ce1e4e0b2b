/** Sign-in by better-auth: accounts, sessions, password resets; its organizations are the delegations. */
import { betterAuth } from 'better-auth'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { APIError } from 'better-auth/api'
import { organization } from 'better-auth/plugins/organization'
import type { Logger } from 'pino'
import { MAX_PASSWORD, MIN_PASSWORD } from '../../app/domain/password-length'
import type { Database } from '../../db/connection'
import * as schema from '../../db/schema/auth'
import { newId } from '../ids'
import type { Mailer } from '../mail/mailer'
import { passwordChangedMail, RESET_HOURS, resetMail } from '../mail/texts'
import { attempt } from './attempts'
import { ADDRESS_HEADER, createGate, membershipOf, NO_MEMBERSHIP } from './gate'
import { recordPasswordReset } from './password-reset'
import { access, roles } from './roles'

/** A session ends a week after signing in, whatever happens in it. */
const SESSION_SECONDS = 7 * 24 * 3600

export type AuthParts = {
  db: Database
  config: { origin: string }
  secret: string
  mail: Mailer
  log: Logger
}

/**
 * What of better-auth's own HTTP interface is open; nothing else is served. The organization plugin's part is not:
 * our verbs (`server/delegations`) do that work, with audit and in one transaction. Nor is `/get-session`: it would
 * hand the session's token to scripts, which the cookie keeps from them.
 */
export const OPEN_PATHS = ['/ok', '/sign-in/email', '/sign-out', '/request-password-reset', '/reset-password']

function options({ db, config, secret, mail, log }: AuthParts) {
  const gate = createGate({ db, log })
  return {
    appName: 'FORGE partner portal',
    baseURL: config.origin,
    basePath: '/api/auth',
    secret,
    trustedOrigins: [config.origin],
    telemetry: { enabled: false },
    logger: {
      log: (level: string, message: string, ...rest: unknown[]) =>
        // A wrong password is a warning to better-auth; here the gate counts and audits it.
        log[level === 'error' ? 'error' : 'info'](
          { err: rest.find((one) => one instanceof Error) },
          `sign-in: ${message}`,
        ),
    },
    database: drizzleAdapter(db, { provider: 'pg', schema, transaction: true }),
    emailAndPassword: {
      enabled: true,
      // People come by invitation only.
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD,
      maxPasswordLength: MAX_PASSWORD,
      resetPasswordTokenExpiresIn: RESET_HOURS * 3600,
      revokeSessionsOnPasswordReset: true,
      // Not waited for: how long a mail takes, or that it failed, would tell which addresses have an account.
      sendResetPassword: async ({ user, token }: { user: { email: string; name: string }; token: string }) =>
        mail.sendLater(resetMail(config.origin, user, token)),
      onPasswordReset: async (
        { user }: { user: { id: string; email: string; name: string } },
        request?: Request,
      ) => {
        await recordPasswordReset(db, user.id, request?.headers.get(ADDRESS_HEADER) ?? null)
        mail.sendLater(passwordChangedMail(user))
      },
    },
    // Read from the database each time, so that it ends when it is ended.
    session: { expiresIn: SESSION_SECONDS, disableSessionRefresh: true, cookieCache: { enabled: false } },
    rateLimit: {
      enabled: true,
      window: 60,
      max: 120,
      customStorage: {
        consume: async (key: string, rule: { window: number; max: number }) => {
          const { allowed, retryAfter } = await attempt(db, `http ${key}`, rule)
          return { allowed, retryAfter: allowed ? null : retryAfter }
        },
      },
      // For one client address. Failed sign-ins are held to stricter rates: see gate.ts.
      customRules: {
        '/sign-in/email': { window: 60, max: 120 },
        '/request-password-reset': { window: 900, max: 10 },
        '/reset-password': { window: 900, max: 20 },
      },
    },
    advanced: {
      cookiePrefix: 'forge',
      useSecureCookies: config.origin.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' as const },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      // Said, because better-auth leaves this check out where it sees a test.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      database: { generateId: () => newId() },
    },
    hooks: { before: gate.before, after: gate.after },
    databaseHooks: {
      session: {
        create: {
          /** An account without a membership (any more) opens nothing, so it gets no session. */
          before: async (session: { userId: string } & Record<string, unknown>) => {
            const membership = await membershipOf(db, session.userId)
            if (!membership)
              throw new APIError('FORBIDDEN', { code: NO_MEMBERSHIP, message: 'No delegation at present.' })
            return { data: { ...session, activeOrganizationId: membership.organizationId } }
          },
        },
      },
    },
    plugins: [
      organization({
        ac: access,
        roles,
        creatorRole: 'head',
        allowUserToCreateOrganization: false,
        schema: {
          organization: {
            additionalFields: {
              kind: { type: 'string', required: true, input: false },
              partnerIso2: { type: 'string', required: false, input: false },
            },
          },
        },
      }),
    ],
  }
}

/** better-auth for this portal. `handler` answers OPEN_PATHS only, 404 for the rest; `api` is for the server. */
export function createAuth(parts: AuthParts) {
  const auth = betterAuth(options(parts))
  const handler = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url)
    return OPEN_PATHS.some((path) => pathname === `/api/auth${path}`)
      ? auth.handler(request)
      : new Response('Not found\n', { status: 404 })
  }
  return { ...auth, handler, fetch: handler }
}

export type Auth = ReturnType<typeof createAuth>
