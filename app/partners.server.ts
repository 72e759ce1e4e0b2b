/** What pages of the directory read. */
export { mentionedIn } from '../db/queries/mentioned-in'
export {
  agreementOf,
  directorySize,
  listPartners,
  type PartnerFilter,
  partnerOf,
} from '../db/queries/partners'
export { projectsOfPartner } from '../db/queries/project-lines'
