import type { Actor } from '../../domain/people'

/** Who is signed in, as far as pages show it. */
export type Reader = {
  userId: string
  name: string
  organization: Actor['organization']
}
