/** The portal's mails: plain text, a line per fact, the link on a line of its own. */
import { INVITATION_DAYS } from '../../app/domain/account'
import type { ProposalMove } from '../../app/domain/proposal-machine'
import type { GrantLevel } from '../../app/domain/rights'
import type { Mail } from './mailer'

/** Hours that a link to a new password holds. */
export const RESET_HOURS = 1

const FOOT = '\n--\nFORGE partner portal. This address is not read.\n'
const addressed = (name: string) => (name ? `Dear ${name},\n\n` : '')

export const resetMail = (origin: string, user: { email: string; name: string }, token: string): Mail => ({
  to: user.email,
  subject: 'FORGE partner portal: a new password',
  text: `${addressed(user.name)}a new password was asked for, for this address, at the FORGE partner portal.
Choose it here within ${RESET_HOURS} hour:

${origin}/reset-password?token=${encodeURIComponent(token)}

If it was not you, do nothing: your password stays as it is.
${FOOT}`,
})

export const passwordChangedMail = (user: { email: string; name: string }): Mail => ({
  to: user.email,
  subject: 'FORGE partner portal: your password was changed',
  text: `${addressed(user.name)}the password of your account at the FORGE partner portal was changed just now, and every
session of it was ended.

If it was not you, tell the secretariat at once.
${FOOT}`,
})

export const invitationMail = (invitation: {
  email: string
  inviter: string
  inviterOf: string
  /** The organization, with its article: "the delegation of Kenya". */
  to: string
  /** The role's words: "Delegate: writes". */
  role: string
  link: string
}): Mail => ({
  to: invitation.email,
  subject: `FORGE partner portal: invitation to ${invitation.to}`,
  text: `${invitation.inviter} (${invitation.inviterOf}) invites you to join ${invitation.to}
at the FORGE partner portal.

Role: ${invitation.role}

Accept within ${INVITATION_DAYS} days; the link is for you alone and works once:

${invitation.link}

If you do not expect this, do nothing.
${FOOT}`,
})

export const firstAdministratorMail = (origin: string, email: string, token: string, days: number): Mail => ({
  to: email,
  subject: 'FORGE partner portal: you are its administrator',
  text: `The FORGE partner portal at ${origin} was set up with this address as that of its first
administrator. Choose your password within ${days} days:

${origin}/reset-password?token=${encodeURIComponent(token)}

After that, ask for a new link at ${origin}/forgot-password.
${FOOT}`,
})

/** Names neither the text nor its project: a mail never carries what is restricted. */
export const takesPartMail = (
  origin: string,
  head: { email: string; name: string },
  { by, level }: { by: string; level: GrantLevel },
): Mail => ({
  to: head.email,
  subject: 'FORGE partner portal: an invitation to your delegation',
  text: `${addressed(head.name)}the delegation of ${by} invites yours to ${level === 'read' ? 'read a text' : `take part in a text (${level})`}.
It waits on your delegation's desk:

${origin}/desk
${FOOT}`,
})

const CASE_WORDS: Partial<Record<ProposalMove, { subject: string; text: string }>> = {
  submit: {
    subject: 'a proposal was submitted',
    text: 'a proposal was submitted and waits for its screening.',
  },
  request_changes: {
    subject: 'changes are requested',
    text: 'the secretariat requests changes to a proposal of your delegation. What it asks for is on its page.',
  },
  send_to_review: {
    subject: 'a review began',
    text: 'reviewers read a proposal of your delegation. Their questions stand on its page.',
  },
  recommend: {
    subject: 'a proposal goes to its decision',
    text: 'a proposal of your delegation is before its working group now.',
  },
  endorse: {
    subject: 'a proposal was endorsed',
    text: 'a proposal of your delegation was endorsed. The decision and the letter are on its page.',
  },
  decline: {
    subject: 'a proposal was declined',
    text: 'a proposal of your delegation was declined. The decision and the letter are on its page.',
  },
}

/** Names neither the proposal nor its project. Null where the move is news for nobody. */
export function caseMail(
  origin: string,
  person: { email: string; name: string },
  proposalId: string,
  move: ProposalMove,
): Mail | null {
  const words = CASE_WORDS[move]
  if (!words) return null
  return {
    to: person.email,
    subject: `FORGE partner portal: ${words.subject}`,
    text: `${addressed(person.name)}${words.text}

${origin}/proposals/${proposalId}/case
${FOOT}`,
  }
}

const REVIEW_WORDS = {
  asked: {
    subject: 'a review is asked of you',
    text: 'you are asked to review a proposal. Accept or step back here:',
  },
  reminded: {
    subject: 'a review waits for you',
    text: 'a review that you were asked for is not handed in yet:',
  },
  released: {
    subject: 'a review is not needed any more',
    text: 'a review that you were asked for is not needed any more:',
  },
} as const

/** Names neither the proposal nor its project. */
export const reviewMail = (
  origin: string,
  person: { email: string; name: string },
  what: keyof typeof REVIEW_WORDS,
  path: string,
): Mail => ({
  to: person.email,
  subject: `FORGE partner portal: ${REVIEW_WORDS[what].subject}`,
  text: `${addressed(person.name)}${REVIEW_WORDS[what].text}

${origin}${path}
${FOOT}`,
})

const SILENCE_WORDS = {
  opened: {
    subject: 'a silence procedure began',
    text: 'a silence procedure began in a working group of your delegation. Its text and deadline:',
  },
  broken: { subject: 'silence was broken', text: 'a delegation broke silence. Who, and why:' },
  cancelled: {
    subject: 'a silence procedure was cancelled',
    text: 'a silence procedure was cancelled; nothing is adopted:',
  },
  adopted: {
    subject: 'a text was adopted',
    text: 'nobody broke silence before the deadline: the text is adopted.',
  },
} as const

/** Names neither the text nor its subject. */
export const silenceMail = (
  origin: string,
  head: { email: string; name: string },
  what: keyof typeof SILENCE_WORDS,
  path: string,
): Mail => ({
  to: head.email,
  subject: `FORGE partner portal: ${SILENCE_WORDS[what].subject}`,
  text: `${addressed(head.name)}${SILENCE_WORDS[what].text}

${origin}${path}
${FOOT}`,
})
