/** Tells every node that rights may have changed: PostgreSQL's NOTIFY, heard on a connection of its own. */
import { z } from 'zod'
import type { Database } from '../../db/connection'
import { listen } from '../../db/listen'

const CHANNEL = 'forge_recheck'

const recheck = z.union([
  z.object({ channel: z.string() }),
  z.object({ user: z.string() }),
  /** No right, but what stands beside a channel's text. */
  z.object({ beside: z.string() }),
])
export type Recheck = z.infer<typeof recheck>

export interface RecheckBus {
  tell(recheck: Recheck): Promise<void>
  close(): Promise<void>
}

export type RecheckHooks = {
  heard(recheck: Recheck): void
  /** The connection was away: something may have been missed. */
  missed(): void
  failed(error: unknown): void
}

export function listenForRechecks(db: Database, hooks: RecheckHooks): RecheckBus {
  const listening = listen(
    db,
    { name: 'forge-recheck', channel: CHANNEL },
    {
      heard(payload) {
        const heard = recheck.safeParse(parseJson(payload))
        if (heard.success) hooks.heard(heard.data)
      },
      missed: hooks.missed,
      failed: hooks.failed,
    },
  )
  return {
    async tell(message) {
      await db.$client.query('select pg_notify($1, $2)', [CHANNEL, JSON.stringify(message)])
    },
    close: () => listening.close(),
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
