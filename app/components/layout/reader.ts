import type { Actor } from '../../domain/people'

/** Who is signed in, as far as pages show it. */
export type Reader = {
  userId: string
  name: string
  organization: Actor['organization']
  /** What is unread, as of an entry of the inbox's channel. */
  inbox: { unread: number; head: number }
}
