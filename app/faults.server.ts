import { data } from '@remix-run/node'
import { type FieldProblems, isFault } from './domain/fault'

const STATUS = { not_found: 404, forbidden: 403, conflict: 409, invalid: 422, unavailable: 503 } as const

/** Connection lost, refused, not yet ready, read-only, disk full: nothing was stored, and it may pass. */
const DATABASE_AWAY = /^(ECONN|ENOENT|EPIPE|57P0|08|53)/
/** What the driver says, without a code, of a database that hangs or went away under a statement. */
const NO_ANSWER = /^(Query read timeout|timeout exceeded when trying to connect|Connection terminated)/

export type FaultBody = { fault: keyof typeof STATUS; message: string; fields: FieldProblems }

/** The HTTP reply to a fault: what a loader or an action throws. Anything else is thrown on as it is. */
export function throwAsResponse(error: unknown): never {
  if (isFault(error)) {
    const body: FaultBody = { fault: error.fault, message: error.message, fields: error.fields }
    throw data(body, { status: STATUS[error.fault] })
  }
  if (isDatabaseAway(error)) {
    const body: FaultBody = {
      fault: 'unavailable',
      message: 'The database cannot be reached at this moment. Nothing was changed; try again in a minute.',
      fields: {},
    }
    throw data(body, { status: 503 })
  }
  throw error
}

function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return (
    DATABASE_AWAY.test(code) ||
    NO_ANSWER.test(error.message) ||
    (error.cause !== undefined && isDatabaseAway(error.cause))
  )
}

/** Runs a loader's or action's work and turns what it throws into the right reply. */
export async function respond<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    return throwAsResponse(error)
  }
}
