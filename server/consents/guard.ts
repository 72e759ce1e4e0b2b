import { conflict } from '../../app/domain/fault'
import { endorsementProblem } from '../../app/domain/host-consent'
import type { Transaction } from '../../db/connection'
import { hostConsentOf } from '../../db/queries/consents'

/** Why the host's consent keeps a case from being endorsed now, or null. Whoever calls has locked the proposal's row. */
export async function consentProblem(tx: Transaction, proposalId: string): Promise<string | null> {
  const found = await hostConsentOf(tx, proposalId)
  return found && endorsementProblem(found.host, found.state)
}

/** Throws `conflict` where the host's consent keeps a case from being endorsed. */
export async function requireConsent(tx: Transaction, proposalId: string): Promise<void> {
  const problem = await consentProblem(tx, proposalId)
  if (problem) throw conflict(problem)
}
