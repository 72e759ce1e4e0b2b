import { conflict, invalid } from '../../app/domain/fault'
import { amountProblem } from '../../app/domain/money-amount'

/** The code of the database's own refusals: see the migration `financing_guard`. */
const REFUSED = 'FG001'

/** What the database refused, in its words; null for any other error. */
function refusalIn(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  if ('code' in error && error.code === REFUSED) return error.message
  return error.cause === undefined ? null : refusalIn(error.cause)
}

/** Runs what writes money; what the database refuses comes out as a `conflict` that says why. */
export async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const why = refusalIn(error)
    throw why === null ? error : conflict(why)
  }
}

/** Throws `invalid` beside the field for an amount that its currency cannot have. */
export function mustBeAmount(amount: string, currency: string, field = 'amount'): void {
  const problem = amountProblem(amount, currency)
  if (problem) throw invalid('Nothing was recorded.', { [field]: [problem] })
}
