/** The audit trail's chain, pure: every entry carries the hash of the one before, and its own over all it says. */
import { createHash } from 'node:crypto'

export type LinkedEntry = {
  /** 1, 2, 3 … without gaps. */
  id: number
  at: Date
  userId: string
  organizationId: string
  from: string | null
  act: string
  objectKind: string
  objectId: string
  before: unknown
  after: unknown
  previousHash: string
  hash: string
}

/** What stands in the first entry for the hash of the one before it. */
export const CHAIN_START = '0'.repeat(64)

/** Where a chain stands: what the next entry must follow. */
export type ChainEnd = { id: number; hash: string }
export const EMPTY_CHAIN: ChainEnd = { id: 0, hash: CHAIN_START }

/** JSON with keys in order, so that the same content always gives the same hash. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`
  }
  return JSON.stringify(value ?? null)
}

/** SHA-256, in hexadecimal, of an entry without its own hash: the link that a removed or altered one breaks. */
export function hashOf({ hash: _own, at, ...rest }: Omit<LinkedEntry, 'hash'> & { hash?: string }): string {
  return createHash('sha256')
    .update(canonical({ ...rest, at: at.toISOString() }))
    .digest('hex')
}

/** The id of the first of `entries` that does not follow from `end` and one another; null when all do. */
export function firstBroken(end: ChainEnd, entries: readonly LinkedEntry[]): number | null {
  let { id, hash } = end
  for (const entry of entries) {
    if (entry.id !== id + 1 || entry.previousHash !== hash || hashOf(entry) !== entry.hash) return entry.id
    ;({ id, hash } = entry)
  }
  return null
}

/** Text as PostgreSQL takes and gives it back: no NUL, no half of a surrogate pair. */
export const storable = (text: string) =>
  Buffer.from(text, 'utf8').toString('utf8').replaceAll('\0', '\uFFFD')

/** A value as the database will give it back, so that its hash is the same then: dates as text, no undefined. */
export function plain(value: unknown): unknown {
  if (value === undefined || value === null) return null
  return JSON.parse(JSON.stringify(value), (_key, inner: unknown) =>
    typeof inner === 'string' ? storable(inner) : inner,
  )
}
