import type { DelegationRole, InstitutionRole, SecretariatRole } from './people'

/** The roles' words on the screen. Apart from the forms' schemas, so that every page can say them without these. */
export const ROLE_LABEL: Record<
  DelegationRole | InstitutionRole | SecretariatRole,
  { label: string; may: string }
> = {
  head: { label: 'Head', may: 'invites, submits, casts the vote, writes' },
  delegate: { label: 'Delegate', may: 'writes' },
  adviser: { label: 'Adviser', may: 'comments' },
  reader: { label: 'Reader', may: 'reads' },
  officer: { label: 'Officer', may: 'asks questions, sets conditions, records payments of an institution' },
  administrator: { label: 'Administrator', may: 'invites heads of delegations and the secretariat’s people' },
  coordinator: { label: 'Coordinator', may: 'screens proposals and steers reviews' },
  secretary: { label: 'Secretary', may: 'runs sessions' },
}

/** The words of a role as the database has it; null for one that there is not. */
export const roleWords = (role: string | null) =>
  role !== null && Object.hasOwn(ROLE_LABEL, role) ? ROLE_LABEL[role as keyof typeof ROLE_LABEL] : null
