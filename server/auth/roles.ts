/** better-auth's access control over organizations. Our verbs ask `can`; this is the second lock, with the same answer. */
import { createAccessControl } from 'better-auth/plugins/access'

export const access = createAccessControl({
  organization: ['update', 'delete'],
  member: ['create', 'update', 'delete'],
  invitation: ['create', 'cancel'],
} as const)

const nothing = () => access.newRole({ organization: [], member: [], invitation: [] })
const steward = () =>
  access.newRole({ organization: [], member: ['update', 'delete'], invitation: ['create', 'cancel'] })

export const roles = {
  head: steward(),
  delegate: nothing(),
  adviser: nothing(),
  reader: nothing(),
  officer: nothing(),
  administrator: steward(),
  coordinator: nothing(),
  secretary: nothing(),
}
