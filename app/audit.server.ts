/** What the audit pages reach of the server. */
export {
  auditEntriesFor,
  auditTrail,
  ENTRIES_A_PAGE,
} from '../db/queries/audit'
export { verifyAuditTrail } from '../server/audit/verify'
