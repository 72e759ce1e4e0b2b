/** What the pages of reviews, decisions and groups reach of the server. */
export { consentPage, consentsOfHost } from '../db/queries/consents'
export { groupList, groupPage } from '../db/queries/groups'
export { mentionedIn } from '../db/queries/mentioned-in'
export { queueRows } from '../db/queries/queue'
export { myReviews, poolPage, questionsOf, questionsOnVersion, reviewPage } from '../db/queries/reviews'
export {
  decisionList,
  decisionOver,
  decisionPage,
  groupChoices,
  silenceList,
  silencePage,
} from '../db/queries/silence'
export { answerConsent } from '../server/consents/answer'
export { askConsent } from '../server/consents/ask'
export { seatForm, setSeat } from '../server/groups/seats'
export { letterPdf } from '../server/proposals/letter'
export { readFrozen } from '../server/proposals/read-frozen'
export { actOnReview } from '../server/reviews/act'
export { assignReviewers } from '../server/reviews/assign'
export { bulkAssign, bulkRemind } from '../server/reviews/bulk'
export { endReviewer, nameReviewer } from '../server/reviews/pool'
export { answerQuestion, askAuthors } from '../server/reviews/questions'
export { roomOf } from '../server/reviews/room'
export { breakSilence, cancelSilence } from '../server/silence/break'
export { openSilence } from '../server/silence/open'
export { dropView, keepView, viewsOf } from '../server/views/saved'
