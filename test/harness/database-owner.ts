/**
 * A process that owns an embedded PostgreSQL as a portal does, to be killed by tests. Bundled into one file, so that any
 * user can run it from any folder. Its argument is the data folder; it prints the database's URL when that answers.
 */
import type { Logger } from 'pino'
import { startEmbedded } from '../../server/postgres/embedded'

const silent = () => {}
const log = { debug: silent, info: silent, warn: silent, error: silent } as unknown as Logger

startEmbedded({ folder: process.argv[2] ?? '', log }).then(
  ({ url }) => {
    process.stdout.write(`${url}\n`)
    setInterval(() => {}, 60_000)
  },
  (error: Error) => {
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  },
)
