/** The parts that the large seed needs, on a database of its own or on one that is named. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { connect } from '../../db/connection'
import { migrate } from '../../db/migrate'
import { ensureOrganizations } from '../../db/seed/accounts'
import { ensureGroups } from '../../db/seed/groups'
import { seedDirectory } from '../../db/seed/seed'
import { createChannels } from '../../server/channels/engine'
import { resolveAccess } from '../../server/documents/access'
import { createDocumentWorker } from '../../server/documents/worker-client'
import { createMailer } from '../../server/mail/mailer'
import { createMetrics } from '../../server/metrics'
import { startEmbedded } from '../../server/postgres/embedded'

export const LARGE = { projects: 5000, proposals: 2000, people: 1100, requests: 3000 }

/** On `url`, or on a PostgreSQL of its own that goes when it is closed. Mails go nowhere. */
export async function openLarge(url: string | undefined) {
  const log = pino({ level: 'silent' })
  const folder = await mkdtemp(path.join(tmpdir(), 'forge-large-'))
  const embedded = url ? null : await startEmbedded({ folder, log })
  const at = url ?? embedded?.url ?? ''
  await migrate(at)
  const db = connect(at, () => {})
  await seedDirectory(db)
  await ensureOrganizations(db)
  await ensureGroups(db)
  const channels = createChannels({ db, log, metrics: createMetrics(), resolveAccess: resolveAccess(db) })
  const documents = createDocumentWorker({ log })
  const mailer = createMailer(
    { smtpUrl: undefined, mailFrom: 'FORGE <portal@large.example>', dataDir: folder },
    log,
  )
  const mail = { ...mailer, sendLater: () => {} }
  return {
    parts: { db, channels, documents, mail, origin: 'http://large.example', log },
    async close() {
      await channels.close()
      await documents.close()
      await db.$client.end()
      await embedded?.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
