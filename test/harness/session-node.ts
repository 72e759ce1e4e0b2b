/** A node that does acts in a session for a test, as a process that can be killed: asked and answering over IPC. */
import { pino } from 'pino'
import type { Actor } from '../../app/domain/people'
import type { SessionAct } from '../../app/domain/session/acts'
import { connect } from '../../db/connection'
import { createChannels } from '../../server/channels/engine'
import { resolveAccess } from '../../server/documents/access'
import { createMetrics } from '../../server/metrics'
import { actInSession } from '../../server/sessions/act'

export type Asked = { sessionId: string; actor: Actor; key: string; act: SessionAct }
export type Answered = { key: string; seq: number | null }

const db = connect(process.env.SESSION_DATABASE_URL ?? '', () => {})
const log = pino({ level: 'silent' })
const channels = createChannels({ db, log, metrics: createMetrics(), resolveAccess: resolveAccess(db) })

process.on('message', ({ sessionId, actor, key, act }: Asked) => {
  actInSession({ db, channels }, actor, sessionId, { key, act }, null)
    .then(
      ({ seq }): Answered => ({ key, seq }),
      (): Answered => ({ key, seq: null }),
    )
    .then((answer) => process.send?.(answer))
})
process.on('disconnect', () => process.exit(0))
process.send?.('ready')
