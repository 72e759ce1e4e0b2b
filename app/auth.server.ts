/** What the pages of sign-in, people and accounts reach of the server. */
export { recordAct } from '../server/audit/record'
export { changePassword, ownSessions, rename, signOut, signOutSession } from '../server/auth/own-account'
export { callAuth, cookiesOf, signIn } from '../server/auth/sign-in'
export { acceptInvitation, invitationById } from '../server/delegations/accept-invitation'
export {
  cancelInvitation,
  changeRole,
  invite,
  peopleOf,
  removeMember,
  rolesIn,
} from '../server/delegations/people'
