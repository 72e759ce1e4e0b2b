/** What the pages of sessions reach of the server. */

import { notFound } from './domain/fault'
import { versionNumber } from './domain/version-number'

export { followUpPage, openFollowUps, reportable } from '../db/queries/follow-ups'
export { documentsOfGroup } from '../db/queries/group-documents'
export { groupRulesOf, ruleChanges } from '../db/queries/group-rules'
export { readableSessionText } from '../db/queries/session-texts'
export {
  comingSessions,
  messagesOf,
  minutesToApprove,
  proposalsBefore,
  sessionFor,
  sessionsOf,
} from '../db/queries/sessions'
export { setGroupRules } from '../server/groups/rules'
export { actInSession, whoIs } from '../server/sessions/act'
export { ballotForm, boxOf, castBallot } from '../server/sessions/ballot-box'
export { groupCalendar } from '../server/sessions/calendar'
export { createSession, sessionForm } from '../server/sessions/create'
export { alternatesOf, credentialForm, setAlternate } from '../server/sessions/credentials'
export { finishFollowUp, followUpDoneForm } from '../server/sessions/finish-follow-up'
export { readSession } from '../server/sessions/log'
export { hasMinutes, minutesFile, minutesPage } from '../server/sessions/minutes'
export { shownText } from '../server/sessions/shown-text'

/** The version of the minutes that an address asks for; null: as they stand. What can be no version is not found. */
export function askedVersion(request: Request): number | null {
  const asked = new URL(request.url).searchParams.get('version')
  const number = versionNumber(asked)
  if (asked !== null && number === null) throw notFound()
  return number
}
