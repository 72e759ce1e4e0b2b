/** A node that takes the forms of financing for a test, as a process that can be killed: asked and answering over IPC. */
import { pino } from 'pino'
import { actOnAsk } from '../../app/ask-acts.server'
import { isFault } from '../../app/domain/fault'
import type { Actor } from '../../app/domain/people'
import { connect } from '../../db/connection'
import { createChannels } from '../../server/channels/engine'
import { resolveAccess } from '../../server/documents/access'
import { createMetrics } from '../../server/metrics'

/** A form as a browser sends it to `/financing/asks/:id`. */
export type MoneyForm = { nth: number; actor: Actor; askId: string; form: Record<string, string> }
/** `failed`: what no person should ever be answered with. */
export type MoneyAnswer = { nth: number; outcome: 'done' | 'refused' | 'failed'; words: string }

const db = connect(process.env.MONEY_DATABASE_URL ?? '', () => {})
const log = pino({ level: 'silent' })
const channels = createChannels({ db, log, metrics: createMetrics(), resolveAccess: resolveAccess(db) })

process.on('message', ({ nth, actor, askId, form }: MoneyForm) => {
  actOnAsk({ portal: { db, channels }, from: null }, actor, askId, form, null)
    .then(
      (refused): MoneyAnswer =>
        refused
          ? { nth, outcome: 'refused', words: refused.data.message ?? '' }
          : { nth, outcome: 'done', words: '' },
      (error: unknown): MoneyAnswer => ({
        nth,
        outcome: isFault(error) ? 'refused' : 'failed',
        words: String(error),
      }),
    )
    .then((answer) => process.send?.(answer))
})
process.on('disconnect', () => process.exit(0))
process.send?.('ready')
