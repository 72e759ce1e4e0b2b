/** The portal's mails: plain text, a line per fact, the link on a line of its own. */
import { INVITATION_DAYS } from '../../app/domain/account'
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

const CHOOSE = (origin: string) => `Choose what you are told, and how: ${origin}/inbox/settings\n`

const sentence = (words: string) => `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`

/** One notice at once. `words` name nothing that is restricted; the page behind the link asks for the right again. */
export const noticeMail = (
  origin: string,
  person: { email: string; name: string },
  { id, words }: { id: string; words: string },
): Mail => ({
  to: person.email,
  subject: `FORGE partner portal: ${words}`,
  text: `${addressed(person.name)}${words}. Read it here:

${origin}/inbox/${id}

${CHOOSE(origin)}${FOOT}`,
})

/** Lines in one digest; the rest is counted. */
const DIGEST_LINES = 60

/** A day's notices, by topic, each with its link. */
export function digestMail(
  origin: string,
  person: { email: string; name: string },
  day: string,
  lines: readonly { id: string; words: string; topic: string }[],
): Mail {
  const shown = lines.slice(0, DIGEST_LINES)
  const topics = [...new Set(shown.map(({ topic }) => topic))].map((topic) => {
    const own = shown.filter((line) => line.topic === topic)
    return `${topic}\n\n${own.map(({ id, words }) => `- ${sentence(words)}:\n  ${origin}/inbox/${id}\n`).join('')}`
  })
  const more = lines.length - shown.length
  return {
    to: person.email,
    subject: `FORGE partner portal: ${lines.length} ${lines.length === 1 ? 'notice' : 'notices'}, ${day}`,
    text: `${addressed(person.name)}this is what you have not read yet:

${topics.join('\n')}
${more > 0 ? `And ${more} more: ${origin}/inbox\n\n` : ''}${CHOOSE(origin)}${FOOT}`,
  }
}
