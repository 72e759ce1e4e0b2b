/** Starts the portal: configuration, database, seed, engine, pages; and stops it without losing an edit. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import closeWithGrace from 'close-with-grace'
import { sql } from 'drizzle-orm'
import type { Logger } from 'pino'
import { connect } from '../db/connection'
import { migrate } from '../db/migrate'
import { ensureOrganizations, type SeededAccount, seedAccounts } from '../db/seed/accounts'
import { seedAnnouncedMoney } from '../db/seed/announced-money'
import { ensureGroups, seedSeats } from '../db/seed/groups'
import { ensureInstitutions } from '../db/seed/institutions'
import { seedDirectory } from '../db/seed/seed'
import { seedSupply } from '../db/seed/supply'
import { resolveSession } from './auth/actor'
import { createAuth } from './auth/auth'
import { ensureFirstAdministrator } from './auth/first-administrator'
import { createChannels } from './channels/engine'
import { connectRedis } from './channels/redis'
import { serveSnapshots } from './channels/serve-snapshots'
import { attachSockets } from './channels/socket'
import { type Config, ConfigError, loadConfig } from './config'
import { openDataFolder } from './data-folder'
import { resolveAccess } from './documents/access'
import { startCompaction } from './documents/compaction'
import { createDocumentWorker } from './documents/worker-client'
import { createApp } from './http/app'
import { createLog } from './log'
import { createMailer } from './mail/mailer'
import { createMetrics } from './metrics'
import { watchNotices } from './notices/deliver'
import { packageRoot } from './package-root'
import { s3Store } from './pictures/object-store'
import { watchPictures } from './pictures/sweep'
import { startEmbedded } from './postgres/embedded'
import { serveFirst } from './priority'
import { startProjection } from './projection/projection'
import { watchSilence } from './silence/close'

/** A deploy waits this long for what was accepted to be committed. */
const GRACE_MS = 20_000

async function start(config: Config, log: Logger) {
  serveFirst()
  const root = packageRoot()
  const folder = await openDataFolder(config.dataDir, config.authSecret)
  const embedded = config.databaseUrl ? null : await startEmbedded({ folder: folder.path, log })
  const url = config.databaseUrl ?? embedded?.url ?? ''
  await migrate(url)
  const db = connect(url, (error) => log.warn({ err: error }, 'a database connection was lost'))

  const mail = createMailer(config, log)
  const auth = createAuth({ db, config, secret: folder.authSecret, mail, log })
  await seedDirectory(db)
  await seedSupply(db)
  await ensureOrganizations(db)
  await ensureInstitutions(db)
  await seedAnnouncedMoney(db)
  const hash = (await auth.$context).password.hash
  await ensureGroups(db)
  const accounts = embedded ? await seedAccounts({ db, hash, folder: folder.path }) : []
  if (embedded) await seedSeats(db)
  await ensureFirstAdministrator({ db, auth, mail, log, config })

  const metrics = createMetrics()
  const channels = createChannels({ db, log, metrics, resolveAccess: resolveAccess(db) })
  const documents = createDocumentWorker({ log })
  const projection = startProjection({ db, channels, documents, log })
  const merging = createDocumentWorker({ log })
  const compaction = startCompaction({ db, worker: merging, log })
  const silence = watchSilence({ db, channels, log })
  const notices = watchNotices({ db, channels, mail, origin: config.origin, log })
  const objects = config.s3Url ? s3Store(config.s3Url) : null
  const pictures = watchPictures({ db, objects, log })
  const portal = { config, log, db, auth, channels, mail, documents, objects }

  const session = resolveSession(auth, db)
  let accepting = true
  const server = createServer()
  const { app, close: closeApp } = await createApp({
    portal,
    metrics: metrics.registry,
    snapshots: serveSnapshots({ channels, resolveSession: session }),
    health: { accepting: () => accepting, database: () => db.execute(sql`select 1`) },
    root,
    development: config.development ? server : null,
  })
  server.on('request', app)
  const redis = config.redisUrl ? connectRedis(config.redisUrl, log) : null
  const io = attachSockets(server, {
    channels,
    redis,
    origin: config.origin,
    resolveSession: session,
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(config.port, config.host, resolve)
  })
  announce(config, (server.address() as AddressInfo).port, accounts)

  return async () => {
    accepting = false
    pictures.stop()
    const slow = setTimeout(
      () => log.error({ waitingFor: [...ending] }, 'the portal does not end: it is ended in a moment'),
      GRACE_MS - 2000,
    )
    const ending = new Set<string>()
    const ended = async (part: string, end: Promise<unknown> | undefined) => {
      ending.add(part)
      await end
      ending.delete(part)
    }
    // Before the engine closes: what is being delivered is appended to inboxes.
    await ended('notices', notices.stop())
    // Accepted edits are committed and acknowledged first; then browsers are let go, and find another node.
    await ended('channels', channels.close())
    await ended('sockets', io.close())
    redis?.close()
    server.closeIdleConnections()
    await Promise.all([
      ended('projection', projection.stop()),
      ended('silence', silence.stop()),
      ended('compaction', compaction.stop()),
      merging.close(),
    ])
    await Promise.all([
      ended('documents', documents.close()),
      ended('pages', closeApp()),
      ended('mail', mail.settled()),
    ])
    await ended('database', db.$client.end())
    await ended('embedded database', embedded?.stop())
    clearTimeout(slow)
  }
}

/** For the person at the terminal; everything else goes to the log. */
function announce(config: Config, port: number, accounts: readonly SeededAccount[]) {
  const rows = accounts.map(
    (a) => `  ${a.email.padEnd(40)} ${a.password.padEnd(22)} ${a.role}, ${a.organization}`,
  )
  const trial = rows.length ? ['', 'Accounts to try (email, password, role):', ...rows] : []
  process.stdout.write(
    `${['', `FORGE partner portal: ${config.origin}`, `listening on port ${port}`, ...trial].join('\n')}\n\n`,
  )
}

async function main() {
  let config: Config
  try {
    config = loadConfig(process.env, process.argv)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  }
  const log = createLog(config.logLevel)
  const stop = await start(config, log)
  closeWithGrace({ delay: GRACE_MS, logger: false }, async ({ signal, err }) => {
    if (err) log.fatal({ err }, 'stopping after an unexpected error')
    else log.info({ signal }, 'stopping')
    await stop()
  })
}

main().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(`The portal could not start: ${message}\n`)
  if (process.env.LOG_LEVEL === 'debug' && error instanceof Error) process.stderr.write(`${error.stack}\n`)
  process.exit(1)
})
