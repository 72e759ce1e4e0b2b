/** What a person may do with a text that their delegation has a share in: the same for every kind of text. */
import { type Actor, delegationOf } from './people'

/** What is done with a text of any kind. */
export type TextAct =
  | 'see'
  | 'read'
  | 'write'
  | 'comment'
  | 'rename'
  | 'invite'
  | 'mark'
  | 'export'
  | 'settle'

/** A delegation's share in a proposal or document. `own` is the lead's. */
export const GRANT_LEVELS = ['write', 'comment', 'read'] as const
export type GrantLevel = (typeof GRANT_LEVELS)[number]

export type Grants = readonly { delegationId: string; level: GrantLevel }[]

export function shareOf(actor: Actor, ownerId: string, grants: Grants): GrantLevel | 'own' | null {
  const delegation = delegationOf(actor)
  if (!delegation) return null
  if (delegation.id === ownerId) return 'own'
  return grants.find((grant) => grant.delegationId === delegation.id)?.level ?? null
}

/** What a person of a delegation may do with its share: the lesser of the share and the person's role. */
export function textRight(actor: Actor, share: GrantLevel | 'own' | null): GrantLevel | null {
  const role = delegationOf(actor)?.role
  if (!share || !role) return null
  if (share === 'read' || role === 'reader') return 'read'
  if (share === 'comment' || role === 'adviser') return 'comment'
  return 'write'
}

export const ALLOWS: Record<GrantLevel, readonly string[]> = {
  write: ['see', 'read', 'export', 'comment', 'write', 'rename'],
  comment: ['see', 'read', 'export', 'comment'],
  read: ['see', 'read', 'export'],
}
