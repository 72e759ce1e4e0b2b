import path from 'node:path'
import { z } from 'zod'

/** A variable that cannot be used: the message names it, what is wrong and what is allowed; never its value. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

const blankIsAbsent = (value: unknown) => (value === '' ? undefined : value)
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankIsAbsent, schema.optional())

const url = (protocols: readonly string[], example: string) =>
  z
    .string()
    .refine(
      (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol),
      `must be a URL that begins with ${protocols.join(' or ')}, as ${example}`,
    )

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .refine(
      (value) => /^\d{1,5}$/.test(value) && Number(value) >= least && Number(value) <= most,
      `must be a whole number from ${least} to ${most}`,
    )
    .transform(Number)

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

/** One row a variable of README's configuration table. */
const environment = z.object({
  NODE_ENV: optional(
    z.enum(['production', 'development', 'test'], 'must be production, development or test'),
  ),
  PORT: optional(wholeNumber(1, 65_535)),
  HOST: optional(z.string().regex(/^[A-Za-z0-9.:_-]{1,253}$/, 'must be a host name or an IP address')),
  ORIGIN: optional(
    url(['http:', 'https:'], 'https://portal.example.org').refine(
      (value) => !URL.canParse(value) || new URL(value).origin === value.replace(/\/$/, ''),
      'must be scheme, host and port only, as https://portal.example.org',
    ),
  ),
  DATA_DIR: optional(z.string().max(4000, 'must be a path of at most 4000 characters')),
  DATABASE_URL: optional(url(['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/forge')),
  REDIS_URL: optional(url(['redis:', 'rediss:'], 'rediss://user:password@redis.example.org:6379')),
  S3_URL: optional(
    url(['https:', 'http:'], 'https://key:secret@s3.example.org/bucket?region=eu-central-1').refine(
      (value) => {
        if (!URL.canParse(value)) return true
        const { username, password, pathname } = new URL(value)
        return username !== '' && password !== '' && /^\/[^/]/.test(pathname)
      },
      'must hold key, secret and bucket, as https://key:secret@s3.example.org/bucket?region=eu-central-1',
    ),
  ),
  AUTH_SECRET: optional(z.string().min(32, 'must have at least 32 characters')),
  SMTP_URL: optional(url(['smtp:', 'smtps:'], 'smtps://user:password@mail.example.org')),
  MAIL_FROM: optional(
    z.string().regex(/^[^\r\n]+@[^\r\n]+$/, 'must be an address, as FORGE <portal@example.org>'),
  ),
  ADMIN_EMAIL: optional(z.email('must be an e-mail address')),
  METRICS_TOKEN: optional(z.string().min(16, 'must have at least 16 characters')),
  TRUST_PROXY: optional(wholeNumber(0, 5)),
  LOG_LEVEL: optional(z.enum(LEVELS, `must be one of ${LEVELS.join(', ')}`)),
})

export type Config = {
  development: boolean
  port: number
  host: string
  /** Scheme, host and port at which browsers reach the portal. */
  origin: string
  dataDir: string
  /** Absent: the embedded database. */
  databaseUrl: string | undefined
  /** Absent: this is the only node. */
  redisUrl: string | undefined
  /** Absent: pictures are kept in the database. */
  s3Url: string | undefined
  /** Absent in embedded mode: made once and kept in the data folder. */
  authSecret: string | undefined
  smtpUrl: string | undefined
  mailFrom: string
  adminEmail: string | undefined
  metricsToken: string | undefined
  /** Proxies in front of the portal whose X-Forwarded-For is believed. */
  trustProxy: number
  logLevel: (typeof LEVELS)[number]
}

/**
 * Reads the environment once.
 *
 * What makes a deployment is `DATABASE_URL`: then `AUTH_SECRET` and `ORIGIN` must be given, whatever NODE_ENV says, as
 * sessions are signed with the one and guarded by the other. Without it the portal runs by itself (embedded) on this
 * machine, with a secret made for its data folder: `npm start` on a fresh machine, although that sets
 * NODE_ENV=production. Development (`--dev`) and tests (NODE_ENV=test) may use a database without them.
 *
 * Throws ConfigError naming every variable that cannot be used, never its value.
 */
export function loadConfig(env: Record<string, string | undefined>, args: readonly string[] = []): Config {
  const parsed = environment.safeParse(env)
  const development = args.includes('--dev')
  const wrong = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `  ${issue.path.join('.')} ${issue.message}`)
  const read = parsed.data
  if (env.DATABASE_URL && !development && env.NODE_ENV !== 'test') {
    if (!env.AUTH_SECRET) {
      wrong.push('  AUTH_SECRET is missing: with DATABASE_URL set, give a secret of at least 32 characters')
    }
    if (!env.ORIGIN) wrong.push('  ORIGIN is missing: with DATABASE_URL set, give the address people open')
  }
  if (env.REDIS_URL && !env.DATABASE_URL) {
    wrong.push('  REDIS_URL needs DATABASE_URL: several nodes share one database, and each has no other')
  }
  if (!read || wrong.length > 0) {
    throw new ConfigError(`The portal cannot start with this environment:\n${wrong.join('\n')}`)
  }
  const port = read.PORT ?? 3000
  return {
    development,
    port,
    host: read.HOST ?? (read.DATABASE_URL ? '0.0.0.0' : '127.0.0.1'),
    origin: read.ORIGIN?.replace(/\/$/, '') ?? `http://localhost:${port}`,
    dataDir: path.resolve(read.DATA_DIR ?? 'data'),
    databaseUrl: read.DATABASE_URL,
    redisUrl: read.REDIS_URL,
    s3Url: read.S3_URL,
    authSecret: read.AUTH_SECRET,
    smtpUrl: read.SMTP_URL,
    mailFrom: read.MAIL_FROM ?? 'FORGE partner portal <portal@localhost>',
    adminEmail: read.ADMIN_EMAIL,
    metricsToken: read.METRICS_TOKEN,
    trustProxy: read.TRUST_PROXY ?? 0,
    logLevel: read.LOG_LEVEL ?? (read.DATABASE_URL ? 'info' : 'warn'),
  }
}
