/**
 * The link in an invitation's mail: the invitation's id, and a key made from it with the portal's secret. Heads see ids on
 * their page; only the mail holds the key. So who accepts has read that mail, and nobody makes an account in the name of
 * an address that is not theirs. The key stands in the query, which the log leaves out.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Auth } from '../auth/auth'

export type InvitationLinks = {
  /** The whole address. */
  linkOf: (id: string) => string
  /** Whether `key` is the one of the invitation's link. */
  opens: (id: string, key: string) => boolean
}

export async function invitationLinks(auth: Auth, origin: string): Promise<InvitationLinks> {
  const { secret } = await auth.$context
  const keyOf = (id: string) =>
    createHmac('sha256', secret).update(`invitation ${id}`).digest('base64url').slice(0, 32)
  return {
    linkOf: (id) => `${origin}/invitation/${id}?key=${keyOf(id)}`,
    opens(id, key) {
      const right = Buffer.from(keyOf(id))
      const given = Buffer.from(key)
      return given.length === right.length && timingSafeEqual(given, right)
    },
  }
}
