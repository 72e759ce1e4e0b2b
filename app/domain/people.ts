/** Roles within a delegation, from most to least. */
export const DELEGATION_ROLES = ['head', 'delegate', 'adviser', 'reader'] as const
export type DelegationRole = (typeof DELEGATION_ROLES)[number]

/** Roles within the secretariat, the organization that runs the portal. */
export const SECRETARIAT_ROLES = ['administrator', 'coordinator', 'secretary'] as const
export type SecretariatRole = (typeof SECRETARIAT_ROLES)[number]

/** Roles within an institution that finances: its head moves its stages and commits, officers work on a case. */
export const INSTITUTION_ROLES = ['head', 'officer', 'reader'] as const
export type InstitutionRole = (typeof INSTITUTION_ROLES)[number]

/**
 * Who acts: read from the session by the server for every request and socket, never sent by a browser.
 * An actor belongs to exactly one organization: a partner's delegation, an institution that finances, or the secretariat.
 */
export type Actor = {
  userId: string
  name: string
  email: string
  sessionId: string
  organization:
    | { kind: 'delegation'; id: string; name: string; partnerIso2: string; role: DelegationRole }
    | { kind: 'institution'; id: string; name: string; role: InstitutionRole }
    | { kind: 'secretariat'; id: string; name: string; role: SecretariatRole }
}

export const delegationOf = (actor: Actor) =>
  actor.organization.kind === 'delegation' ? actor.organization : null

export const institutionOf = (actor: Actor) =>
  actor.organization.kind === 'institution' ? actor.organization : null

export const secretariatRole = (actor: Actor): SecretariatRole | null =>
  actor.organization.kind === 'secretariat' ? actor.organization.role : null

/** A member of an organization, as the database has them. */
export type MemberRow = {
  userId: string
  name: string
  email: string
  role: string
  organizationId: string
  organizationName: string
  kind: string
  partnerIso2: string | null
}

/** The actor that a member is in a session; null where the role is none of the organization's kind. */
export function actorFrom(row: MemberRow, sessionId: string): Actor | null {
  const { userId, name, email, role, kind, partnerIso2 } = row
  const within = { id: row.organizationId, name: row.organizationName }
  const who = { userId, name, email, sessionId }
  if (kind === 'secretariat' && isOneOf(SECRETARIAT_ROLES, role))
    return { ...who, organization: { kind, ...within, role } }
  if (kind === 'institution' && isOneOf(INSTITUTION_ROLES, role))
    return { ...who, organization: { kind, ...within, role } }
  if (kind === 'delegation' && partnerIso2 && isOneOf(DELEGATION_ROLES, role))
    return { ...who, organization: { kind, ...within, partnerIso2, role } }
  return null
}

const isOneOf = <T extends string>(values: readonly T[], value: string): value is T =>
  values.some((one) => one === value)
