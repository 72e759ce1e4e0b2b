import type { DelegationRole, SecretariatRole } from './people'

/** The roles' words on the screen. Apart from the forms' schemas, so that every page can say them without these. */
export const ROLE_LABEL: Record<DelegationRole | SecretariatRole, { label: string; may: string }> = {
  head: { label: 'Head', may: 'invites, submits, casts the vote, writes' },
  delegate: { label: 'Delegate', may: 'writes' },
  adviser: { label: 'Adviser', may: 'comments' },
  reader: { label: 'Reader', may: 'reads' },
  administrator: { label: 'Administrator', may: 'invites heads of delegations and the secretariat’s people' },
  coordinator: { label: 'Coordinator', may: 'screens proposals and steers reviews' },
  secretary: { label: 'Secretary', may: 'runs sessions' },
}
