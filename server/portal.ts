/** The parts of a running portal. Built once by `server/main.ts`, handed to Remix by `getLoadContext`. */
import type { Logger } from 'pino'
import type { Database } from '../db/connection'
import type { Auth } from './auth/auth'
import type { Channels } from './channels/types'
import type { Config } from './config'
import type { DocumentWorker } from './documents/worker-client'
import type { Mailer } from './mail/mailer'
import type { ObjectStore } from './pictures/object-store'

export type Portal = {
  config: Config
  log: Logger
  db: Database
  auth: Auth
  channels: Channels
  mail: Mailer
  /** Work that needs the decoded document, off the main thread. */
  documents: DocumentWorker
  /** Where pictures are kept; null: in the database. */
  objects: ObjectStore | null
}
