/** Sign-in by better-auth: accounts, sessions, password resets; its organizations are the delegations. */
import { betterAuth } from 'better-auth'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { createAccessControl } from 'better-auth/plugins/access'
import { organization } from 'better-auth/plugins/organization'
import type { Logger } from 'pino'
import { MAX_PASSWORD, MIN_PASSWORD } from '../../app/domain/account'
import type { Database } from '../../db/connection'
import * as schema from '../../db/schema/auth'
import type { Mailer } from '../mail/mailer'

const access = createAccessControl({
  organization: ['update', 'delete'],
  member: ['create', 'update', 'delete'],
  invitation: ['create', 'cancel'],
} as const)

const nothing = () => access.newRole({ organization: [], member: [], invitation: [] })
const steward = () =>
  access.newRole({ organization: [], member: ['update', 'delete'], invitation: ['create', 'cancel'] })

/** Hours that a link to a new password holds. */
export const RESET_HOURS = 1
const WEEK = 7 * 24 * 3600

export type AuthParts = {
  db: Database
  config: { origin: string }
  secret: string
  mail: Mailer
  log: Logger
}

/** What of better-auth's own HTTP interface is open: the portal's pages use these, and nothing else is served. */
export const OPEN_PATHS = [
  '/sign-in/email',
  '/sign-out',
  '/get-session',
  '/request-password-reset',
  '/reset-password',
]

export function createAuth({ db, config, secret, mail, log }: AuthParts) {
  return betterAuth({
    appName: 'FORGE partner portal',
    baseURL: config.origin,
    basePath: '/api/auth',
    secret,
    trustedOrigins: [config.origin],
    telemetry: { enabled: false },
    logger: {
      level: 'warn',
      log: (level, message) => log[level === 'error' ? 'error' : 'warn'](`sign-in: ${message}`),
    },
    database: drizzleAdapter(db, { provider: 'pg', schema }),
    emailAndPassword: {
      enabled: true,
      // People come by invitation only.
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD,
      maxPasswordLength: MAX_PASSWORD,
      resetPasswordTokenExpiresIn: RESET_HOURS * 3600,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: async ({ user, token }) => {
        await mail.send({
          to: user.email,
          subject: 'FORGE partner portal: a new password',
          text: `${user.name},

somebody, probably you, asked for a new password for this address at the FORGE partner portal.
Choose it here within ${RESET_HOURS} hour:

${config.origin}/reset-password?token=${encodeURIComponent(token)}

If it was not you, do nothing: your password stays as it is.
`,
        })
      },
    },
    session: { expiresIn: WEEK, updateAge: 24 * 3600 },
    rateLimit: {
      enabled: true,
      storage: 'database',
      window: 60,
      max: 120,
      customRules: {
        '/sign-in/email': { window: 60, max: 10 },
        '/request-password-reset': { window: 300, max: 5 },
        '/reset-password': { window: 300, max: 10 },
      },
    },
    advanced: {
      cookiePrefix: 'forge',
      useSecureCookies: config.origin.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
      // Set by the portal's own HTTP side from the connection; what came from outside is overwritten there.
      ipAddress: { ipAddressHeaders: ['x-forge-client-ip'] },
    },
    plugins: [
      organization({
        ac: access,
        roles: {
          head: steward(),
          delegate: nothing(),
          adviser: nothing(),
          reader: nothing(),
          administrator: steward(),
          coordinator: nothing(),
          secretary: nothing(),
        },
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
  })
}

export type Auth = ReturnType<typeof createAuth>
