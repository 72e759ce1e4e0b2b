import path from 'node:path'
import { expect, test } from 'vitest'
import { ConfigError, loadConfig } from './config'

const DEPLOYED = {
  DATABASE_URL: 'postgres://forge:hidden-password@db.example.org/forge',
  AUTH_SECRET: 'a-secret-of-thirty-two-characters',
  ORIGIN: 'https://portal.example.org',
}

function messageOf(env: Record<string, string>, args: string[] = []): string {
  try {
    loadConfig(env, args)
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  return ''
}

test('nothing set: embedded, reachable from this machine only', () => {
  expect(loadConfig({})).toEqual({
    development: false,
    port: 3000,
    host: '127.0.0.1',
    origin: 'http://localhost:3000',
    dataDir: path.resolve('data'),
    databaseUrl: undefined,
    redisUrl: undefined,
    authSecret: undefined,
    smtpUrl: undefined,
    mailFrom: 'FORGE partner portal <portal@localhost>',
    adminEmail: undefined,
    metricsToken: undefined,
    trustProxy: 0,
    logLevel: 'warn',
  })
})

test('NODE_ENV=production, as `npm start` sets it, needs nothing more without DATABASE_URL', () => {
  expect(loadConfig({ NODE_ENV: 'production' }).authSecret).toBeUndefined()
})

test('an empty variable is as good as none', () => {
  expect(loadConfig({ PORT: '', ORIGIN: '', DATABASE_URL: '' })).toEqual(loadConfig({}))
})

test('a deployment reads all of it', () => {
  const config = loadConfig({
    ...DEPLOYED,
    PORT: '8080',
    TRUST_PROXY: '1',
    REDIS_URL: 'rediss://redis.example.org:6379',
    SMTP_URL: 'smtps://mail.example.org',
  })
  expect(config).toMatchObject({
    port: 8080,
    host: '0.0.0.0',
    origin: 'https://portal.example.org',
    databaseUrl: DEPLOYED.DATABASE_URL,
    redisUrl: 'rediss://redis.example.org:6379',
    authSecret: DEPLOYED.AUTH_SECRET,
    trustProxy: 1,
    logLevel: 'info',
  })
})

test('a deployment without its secret or its address does not start', () => {
  const { DATABASE_URL } = DEPLOYED
  const message = messageOf({ DATABASE_URL })
  expect(message).toContain('AUTH_SECRET is missing')
  expect(message).toContain('ORIGIN is missing')
  expect(message).not.toContain('hidden-password')
  // Whatever it is said to be: what makes a deployment is a database of its own.
  for (const NODE_ENV of ['production', 'development', '']) {
    expect(messageOf({ DATABASE_URL, NODE_ENV })).toContain('AUTH_SECRET is missing')
  }
  expect(messageOf({ DATABASE_URL }, ['--dev'])).toBe('')
})

test('several nodes need a database that they share', () => {
  expect(messageOf({ REDIS_URL: 'redis://:secret-word@redis' })).toContain('REDIS_URL needs DATABASE_URL')
  expect(messageOf({ REDIS_URL: 'redis://:secret-word@redis' })).not.toContain('secret-word')
  expect(messageOf({ ...DEPLOYED, REDIS_URL: 'redis://redis' })).toBe('')
})

test.each([
  ['PORT', 'http', 'from 1 to 65535'],
  ['PORT', '65536', 'from 1 to 65535'],
  ['PORT', '0', 'from 1 to 65535'],
  ['PORT', ' ', 'from 1 to 65535'],
  ['PORT', '3e3', 'from 1 to 65535'],
  ['HOST', 'two words', 'a host name or an IP address'],
  ['ORIGIN', 'portal.example.org', 'begins with http: or https:'],
  ['ORIGIN', 'https://portal.example.org/forge', 'scheme, host and port only'],
  ['DATABASE_URL', 'mysql://secret-word@db/forge', 'begins with postgres: or postgresql:'],
  ['REDIS_URL', 'http://secret-word@redis', 'begins with redis: or rediss:'],
  ['AUTH_SECRET', 'secret-word', 'at least 32 characters'],
  ['SMTP_URL', 'mail.example.org', 'begins with smtp: or smtps:'],
  ['MAIL_FROM', 'the secretariat', 'an address'],
  ['ADMIN_EMAIL', 'administrator', 'an e-mail address'],
  ['METRICS_TOKEN', 'secret-word', 'at least 16 characters'],
  ['TRUST_PROXY', 'true', '0 to 5'],
  ['TRUST_PROXY', '9', '0 to 5'],
  ['LOG_LEVEL', 'loud', 'fatal, error, warn, info, debug, trace, silent'],
  ['NODE_ENV', 'staging', 'production, development or test'],
])('%s=%j is refused by name, with what is allowed, and not repeated', (name, value, allowed) => {
  const message = messageOf({ [name]: value })
  expect(message).toContain(`  ${name} must`)
  expect(message).toContain(allowed)
  expect(message).not.toContain('secret-word')
})

test('all that is wrong is told at once', () => {
  const message = messageOf({ PORT: 'x', LOG_LEVEL: 'y', DATABASE_URL: DEPLOYED.DATABASE_URL })
  for (const name of ['PORT', 'LOG_LEVEL', 'AUTH_SECRET', 'ORIGIN']) expect(message).toContain(name)
})
