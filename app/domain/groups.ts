/** Working groups: their roles, and who of their members counts. */
export const GROUP_ROLES = ['chair', 'vice_chair', 'secretary', 'member', 'observer'] as const
export type GroupRole = (typeof GROUP_ROLES)[number]
export const GROUP_ROLE_LABEL: Record<GroupRole, string> = {
  chair: 'Chair',
  vice_chair: 'Vice-chair',
  secretary: 'Secretary',
  member: 'Member',
  observer: 'Observer',
}

/** Delegations with one of these roles decide; an observer listens. */
export const DECIDING_ROLES: readonly GroupRole[] = ['chair', 'vice_chair', 'secretary', 'member']
