/** Trying acts: what is refused changes nothing, what is allowed is done over HTTP and in the audit trail. */
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Actor } from '../../app/domain/people'
import type { Database } from '../../db/connection'

/** One thing that somebody might do, whether it is allowed, and whether they see what it is about. */
export type Try = {
  words: string
  by: Actor
  /** Over HTTP. Out: the answer's status. */
  send: () => Promise<number>
  /** The same without HTTP, by what the route's action calls: thousands of refusals take a tenth of the time. */
  here?: (() => Promise<number>) | undefined
  allowed: boolean
  sees: boolean
}

const AT_ONCE = 8

export const nameOf = ({ organization }: Actor) => `${organization.name} ${organization.role}`

/** `tables`: all that the acts could change; the audit trail is among them always. */
export function watchTries(db: Database, tables: readonly string[]) {
  const sums = [...tables, 'audit_entries', 'notices'].map(
    (name) => `(select md5(string_agg(t::text, '' order by t::text)) from ${name} t)`,
  )
  /** As one value. */
  async function everything(): Promise<string> {
    const { rows } = await db.execute<{ all: string }>(
      sql.raw(`select concat_ws(' ', ${sums.join(', ')}) as all`),
    )
    return rows[0]?.all ?? ''
  }
  const lastEntry = async () => (await db.execute(sql`select max(id) as id from audit_entries`)).rows[0]?.id

  return {
    /** Sends all of them, several at once, and holds them to having changed nothing. */
    async expectRefused(tries: readonly Try[]): Promise<void> {
      const before = await everything()
      const waiting = [...tries]
      const wrong: string[] = []
      const sender = async () => {
        for (let one = waiting.pop(); one; one = waiting.pop()) {
          const status = await (one.here ?? one.send)()
          const fine = one.sees ? status === 403 || status === 409 : status === 404
          if (!fine) wrong.push(`${one.words}: ${status}`)
        }
      }
      await Promise.all(Array.from({ length: AT_ONCE }, sender))
      expect(wrong).toEqual([])
      expect(await everything()).toBe(before)
    },

    /** Sends one that is allowed. `status`: what it is answered with; `recorded`: it is an act of the audit trail. */
    async expectDone({ words, send }: Try, status = 202, recorded = true): Promise<void> {
      const before = await lastEntry()
      expect(await send(), words).toBe(status)
      if (recorded) expect(await lastEntry(), words).not.toBe(before)
    },
  }
}
