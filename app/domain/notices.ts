/**
 * What the portal tells people of: each kind with its words and how it reaches somebody who chose nothing. A new kind is
 * a line here. `line` is what the inbox says, with `{name}` filled from the notice's data; `mail` is all that a mail says:
 * mails travel in the clear, so it names no title, no place and nobody's words.
 */
import { z } from 'zod'
import { isZone } from './zoned'

/** `app`: only in the inbox. `digest`: in the inbox and once a day by mail. `mail`: in the inbox and by mail at once. */
export const WAYS = ['app', 'mail', 'digest', 'off'] as const
export type Way = (typeof WAYS)[number]
export const WAY_LABEL: Record<Way, string> = {
  app: 'In the portal only',
  mail: 'By mail at once',
  digest: 'Daily digest',
  off: 'Not at all',
}

export const NOTICE_TOPICS = {
  case: 'Proposals and their way',
  review: 'Reviews',
  decision: 'Decisions and silence',
  writing: 'Writing together',
  money: 'Financing',
  session: 'Sessions and motions',
  people: 'Rights, roles and seats',
  deadline: 'Deadlines',
} as const
export type NoticeTopic = keyof typeof NOTICE_TOPICS
export const TOPICS = Object.keys(NOTICE_TOPICS) as NoticeTopic[]

type Kind = {
  topic: NoticeTopic
  label: string
  /** It asks for something: it can be digested, not silenced. */
  actionable: boolean
  /** For who chose nothing. */
  way: Way
  line: string
  mail: string
}

const asks = (topic: NoticeTopic, label: string, line: string, mail: string, way: Way = 'mail'): Kind => ({
  ...{ topic, label, actionable: true, way, line, mail },
})
const tells = (topic: NoticeTopic, label: string, line: string, mail: string, way: Way = 'digest'): Kind => ({
  ...{ topic, label, actionable: false, way, line, mail },
})

const KINDS = {
  case_waits: asks('case', 'A proposal waits for you', '{title}: {by} {done}', 'a proposal waits for you'),
  case_moved: tells('case', 'A proposal moves on', '{title}: {by} {done}', 'a proposal moved on', 'mail'),
  consent_asked: asks(
    'case',
    'Your country’s consent is asked for, as the host of a site',
    '{title}: the host’s consent is asked of you',
    'the consent of your country, as the host of a site, is asked for',
  ),
  consent_answered: tells(
    'case',
    'The host of a site consents or refuses',
    '{title}: {host} {done}',
    'the host of a site answered',
    'mail',
  ),
  share_given: asks(
    'people',
    'Your delegation is invited to a text',
    '{by} invites your delegation to {title} ({level})',
    'an invitation to your delegation',
  ),
  share_ended: tells(
    'people',
    'A share in a text ends',
    '{by} ended your delegation’s share in a text',
    'a share of your delegation ended',
  ),
  role_changed: tells(
    'people',
    'Your role changes',
    '{by} changed your role to {role}',
    'your role was changed',
    'mail',
  ),
  seat_changed: tells(
    'people',
    'Your delegation’s seat in a group changes',
    '{group}: {by} set your delegation’s seat to {role}',
    'a seat of your delegation changed',
  ),
  review_asked: asks('review', 'A review is asked of you', '{title}: due {due}', 'a review is asked of you'),
  review_reminded: asks(
    'review',
    'You are reminded of a review',
    '{title}: your review is due {due}',
    'a review waits for you',
  ),
  review_released: tells(
    'review',
    'A review is not needed any more',
    'A review that you were asked for is not needed any more',
    'a review is not needed any more',
    'mail',
  ),
  review_answered: tells(
    'review',
    'A reviewer answers or hands in',
    '{title}: {by} {done}',
    'a review moved on',
  ),
  question_asked: asks(
    'review',
    'Reviewers ask the authors',
    '{title}: a question on “{section}”',
    'reviewers ask about a proposal',
  ),
  question_answered: tells(
    'review',
    'The authors answer a question',
    '{title}: a question on “{section}” is answered',
    'a question was answered',
  ),
  silence_opened: asks(
    'decision',
    'A silence procedure begins',
    '{title}: silence until {deadline}',
    'a silence procedure began',
  ),
  silence_broken: tells(
    'decision',
    'Silence is broken',
    '{title}: {by} broke silence',
    'silence was broken',
    'mail',
  ),
  silence_cancelled: tells(
    'decision',
    'A silence procedure is cancelled',
    '{title}: the procedure is cancelled, nothing is adopted',
    'a silence procedure was cancelled',
    'mail',
  ),
  silence_adopted: tells(
    'decision',
    'A text is adopted',
    '{title}: silence held, {number} is adopted',
    'a text was adopted',
    'mail',
  ),
  follow_up_due: asks(
    'decision',
    'A follow-up falls to you',
    '{title}: due {due}',
    'a follow-up falls to you',
  ),
  comment_mention: asks(
    'writing',
    'Somebody mentions you or your delegation',
    '{title}: {by} mentions you',
    'you are mentioned in a comment',
  ),
  comment_reply: tells(
    'writing',
    'A reply in a thread of yours',
    '{title}: {by} replied',
    'a reply in a thread of yours',
  ),
  money_waits: asks(
    'money',
    'A financing request waits for you',
    '{title}: {what}',
    'a financing request waits for you',
  ),
  money_moved: tells(
    'money',
    'A financing request moves on',
    '{title}: {what}',
    'a financing request moved on',
  ),
  session_announced: asks(
    'session',
    'A session is announced',
    '{title}: {when}',
    'a session of a working group is announced',
  ),
  session_changed: tells(
    'session',
    'A session changes',
    '{title}: {what}',
    'a session of a working group changed',
    'mail',
  ),
  motion_opened: asks('session', 'A motion is opened', '{title}: {what}', 'a motion was opened'),
  deadline_near: asks('deadline', 'A deadline is near', '{title}: {what}, due {due}', 'a deadline is near'),
} satisfies Record<string, Kind>

export type NoticeKind = keyof typeof KINDS
export const NOTICE_KINDS = Object.keys(KINDS) as NoticeKind[]
const BY_NAME: Record<NoticeKind, Kind> = KINDS

export const noticeKind = (kind: NoticeKind): Kind => BY_NAME[kind]
/** A notice of a kind that a later version of the portal knows may be in the database. */
export const isNoticeKind = (kind: string): kind is NoticeKind => Object.hasOwn(KINDS, kind)

export const kindsOf = (topic: NoticeTopic): NoticeKind[] =>
  NOTICE_KINDS.filter((kind) => BY_NAME[kind].topic === topic)

/**
 * What a notice is about: decides who may read it, now (`db/queries/notice-objects.ts`). `self`: its reader. `delegation`: its people. `proposal`:
 * whoever may know of it; `proposal_text` and `request_text`: whoever
 * may read it. `ask`: whoever may see
 * an institution's money for a request. `consent`: the host, and whoever reads the case.
 */
export const NOTICE_OBJECTS = [
  'self',
  'delegation',
  'project',
  'proposal',
  'proposal_text',
  'text',
  'request_text',
  'review',
  'silence',
  'group',
  'session',
  'session_text',
  'ask',
  'consent',
] as const

export type NoticeData = Readonly<Record<string, string>>

/** The line of the inbox. A word that the data does not hold is left out. */
export const noticeLine = (kind: NoticeKind, data: NoticeData): string =>
  BY_NAME[kind].line.replace(/\{(\w+)\}/g, (_, name: string) => data[name] ?? '…')

/** The ways that a kind may be set to: what asks for something reaches its reader by mail, at the latest in the digest. */
export const waysOf = (kind: NoticeKind): readonly Way[] =>
  BY_NAME[kind].actionable ? ['mail', 'digest'] : WAYS

export type Choices = Partial<Record<NoticeKind, Way>>

/** How a kind reaches somebody. A choice that is not open to the kind counts as none. */
export function wayOf(choices: Choices, kind: NoticeKind): Way {
  const chosen = choices[kind]
  return chosen && waysOf(kind).includes(chosen) ? chosen : BY_NAME[kind].way
}

export const NOTICE_DEFAULTS = { zone: 'UTC', hour: 7 } as const

/** The form of the settings: `way.<kind>`, the zone, and the hour of the digest. */
export const noticeSettingsForm = z
  .object({
    zone: z.string().refine(isZone, 'Choose a time zone of the list.'),
    hour: z.coerce.number('Choose an hour.').int().min(0, 'Choose an hour.').max(23, 'Choose an hour.'),
    ...Object.fromEntries(
      NOTICE_KINDS.map((kind) => [
        `way.${kind}`,
        z
          .enum(WAYS)
          .refine((way) => waysOf(kind).includes(way), 'This cannot be switched off: it asks for something.'),
      ]),
    ),
  })
  .transform((raw) => {
    const form = raw as Record<string, unknown>
    const choices: Choices = {}
    for (const kind of NOTICE_KINDS) choices[kind] = form[`way.${kind}`] as Way
    return { zone: raw.zone, hour: raw.hour, choices }
  })
export type NoticeSettings = z.output<typeof noticeSettingsForm>

/** What the list of the inbox is asked for. Values that mean nothing are as if they were not there. */
export const noticeFilterFrom = (search: URLSearchParams) => ({
  unread: search.get('unread') === '1',
  topic: TOPICS.find((topic) => topic === search.get('topic')) ?? null,
  page: Math.min(1000, Math.max(1, Math.trunc(Number(search.get('page')) || 1))),
})
export type NoticeFilter = ReturnType<typeof noticeFilterFrom>
