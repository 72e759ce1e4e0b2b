/**
 * Sessions of working groups. What happens in one is in its channel's log; here is what lists need, what the log must
 * not hold (how somebody voted, messages to the chair), and what lives on after it.
 */
import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { MARKINGS } from '../../app/domain/marking'
import { BASES, CHOICES, MAJORITIES, SESSION_STATUSES } from '../../app/domain/session/model'
import { organization, user } from './auth'
import { channels } from './channels'
import { workingGroups } from './groups'

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** A group's rules of procedure; a group without a row has the defaults. */
export const groupRules = pgTable(
  'group_rules',
  {
    groupId: text('group_id')
      .primaryKey()
      .references(() => workingGroups.id),
    /** Between announcement and start, at least. */
    noticeHours: integer('notice_hours').notNull().default(72),
    /** Share of the deciding delegations that must be present, in percent; rounded up. */
    quorumPercent: integer('quorum_percent').notNull().default(50),
    majority: text('majority', { enum: MAJORITIES }).notNull().default('simple'),
    base: text('base', { enum: BASES }).notNull().default('voting'),
    /** How many absent delegations one may vote for. */
    proxies: integer('proxies').notNull().default(1),
    seconder: boolean('seconder').notNull().default(true),
    /** Of a statement; null: no limit. */
    speechSeconds: integer('speech_seconds').default(180),
  },
  (t) => [
    check('group_rules_notice', sql`${t.noticeHours} between 0 and 2160`),
    check('group_rules_quorum', sql`${t.quorumPercent} between 1 and 100`),
    check('group_rules_proxies', sql`${t.proxies} between 0 and 5`),
  ],
)

export const sessions = pgTable(
  'sessions',
  {
    id: text('id').primaryKey(),
    /** Made by the page that asked: the same key again is the same session. */
    key: text('key').notNull().unique(),
    groupId: text('group_id')
      .notNull()
      .references(() => workingGroups.id),
    title: text('title').notNull(),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    /** The zone in which its times were set. */
    zone: text('zone').notNull(),
    /** As the log says. */
    status: text('status', { enum: SESSION_STATUSES }).notNull().default('draft'),
    marking: text('marking', { enum: MARKINGS }).notNull(),
    chatham: boolean('chatham').notNull(),
    /** As the log says: the delegation that presides; null until it opens. */
    presiding: text('presiding').references(() => organization.id),
    /** Also the session's id: one session, one channel. */
    channelId: text('channel_id')
      .notNull()
      .unique()
      .references(() => channels.id),
    createdBy: text('created_by')
      .notNull()
      .references(() => user.id),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    check('sessions_times', sql`${t.endsAt} > ${t.startsAt}`),
    index('sessions_group').on(t.groupId, t.startsAt),
    index('sessions_starts').on(t.startsAt),
  ],
)

/** Delegations named by a restricted marking. */
export const sessionReaders = pgTable(
  'session_readers',
  {
    sessionId: text('session_id')
      .notNull()
      .references(() => sessions.id),
    delegationId: text('delegation_id')
      .notNull()
      .references(() => organization.id),
  },
  (t) => [
    primaryKey({ columns: [t.sessionId, t.delegationId] }),
    index('session_readers_delegation').on(t.delegationId),
  ],
)

/** Roll-call: how a delegation voted. Told when the vote closes. Never changed. */
export const sessionVotes = pgTable(
  'session_votes',
  {
    motionId: text('motion_id').notNull(),
    delegationId: text('delegation_id')
      .notNull()
      .references(() => organization.id),
    sessionId: text('session_id')
      .notNull()
      .references(() => sessions.id),
    choice: text('choice', { enum: CHOICES }).notNull(),
    castBy: text('cast_by')
      .notNull()
      .references(() => user.id),
  },
  (t) => [primaryKey({ columns: [t.motionId, t.delegationId] })],
)

/** The box of a secret ballot with the key that makes papers genuine; the private half goes when papers are out. */
export const ballotBoxes = pgTable('ballot_boxes', {
  motionId: text('motion_id').primaryKey(),
  sessionId: text('session_id')
    .notNull()
    .references(() => sessions.id),
  /** RSA modulus in hexadecimal; the exponent is 65537. */
  modulus: text('modulus').notNull(),
  /** PKCS #8, PEM; null once no paper is given out any more. */
  privateKey: text('private_key'),
  state: text('state', { enum: ['papers', 'open', 'closed'] }).notNull(),
})

/** Who took a paper, and its number as the server saw it: blinded, so that it says nothing of the paper. */
export const ballotPapers = pgTable(
  'ballot_papers',
  {
    motionId: text('motion_id')
      .notNull()
      .references(() => ballotBoxes.motionId),
    delegationId: text('delegation_id')
      .notNull()
      .references(() => organization.id),
    blinded: text('blinded').notNull(),
    /** The portal's signature on it: the same paper again for somebody whose answer was lost. */
    signature: text('signature').notNull(),
  },
  (t) => [primaryKey({ columns: [t.motionId, t.delegationId] })],
)

/**
 * What lies in the box: no name, no time, no order but the receipt's. The receipt comes of a number that only the
 * voter's browser knew until then. Taken out when the vote closes: what is told then is sorted by receipt.
 */
export const ballots = pgTable(
  'ballots',
  {
    motionId: text('motion_id')
      .notNull()
      .references(() => ballotBoxes.motionId),
    receipt: text('receipt').notNull(),
    choice: text('choice', { enum: CHOICES }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.motionId, t.receipt] })],
)

/** Motions that a session decided or handed on: who may not know of the session does not know of what came of them. */
export const sessionMotions = pgTable(
  'session_motions',
  {
    motionId: text('motion_id').primaryKey(),
    sessionId: text('session_id')
      .notNull()
      .references(() => sessions.id),
  },
  (t) => [index('session_motions_session').on(t.sessionId)],
)

/** To the chair: read by whoever runs the session and by who wrote it. A point of order's reason is one. */
export const sessionMessages = pgTable(
  'session_messages',
  {
    id: text('id').primaryKey(),
    sessionId: text('session_id')
      .notNull()
      .references(() => sessions.id),
    /** The hand whose reason it is. */
    handId: text('hand_id'),
    userId: text('user_id')
      .notNull()
      .references(() => user.id),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organization.id),
    text: text('text').notNull(),
    at: instant('at').notNull().defaultNow(),
  },
  (t) => [index('session_messages_session').on(t.sessionId, t.at)],
)

/** What a decision asks of a delegation. */
export const followUps = pgTable(
  'follow_ups',
  {
    id: text('id').primaryKey(),
    sessionId: text('session_id')
      .notNull()
      .references(() => sessions.id),
    groupId: text('group_id')
      .notNull()
      .references(() => workingGroups.id),
    /** Of the decision. */
    number: text('number').notNull(),
    text: text('text').notNull(),
    ownerId: text('owner_id')
      .notNull()
      .references(() => organization.id),
    /** A calendar date, UTC. */
    dueOn: date('due_on', { mode: 'string' }).notNull(),
    doneAt: instant('done_at'),
    doneBy: text('done_by').references(() => user.id),
    doneNote: text('done_note'),
  },
  (t) => [
    check('follow_ups_done', sql`(${t.doneAt} is null) = (${t.doneBy} is null)`),
    index('follow_ups_owner').on(t.ownerId).where(sql`${t.doneAt} is null`),
    index('follow_ups_group').on(t.groupId),
  ],
)

/** A letter that lets somebody act for their delegation's head, for a time. Ended, never changed. */
export const credentials = pgTable(
  'credentials',
  {
    id: text('id').primaryKey(),
    delegationId: text('delegation_id')
      .notNull()
      .references(() => organization.id),
    userId: text('user_id')
      .notNull()
      .references(() => user.id),
    scope: text('scope', { enum: ['vote', 'submit', 'sign'] }).notNull(),
    /** Calendar dates, UTC; `to` is the first day on which it does not hold any more. */
    from: date('from_on', { mode: 'string' }).notNull(),
    to: date('to_on', { mode: 'string' }).notNull(),
    /** What the letter says of itself: its reference and date. */
    letter: text('letter').notNull(),
    givenBy: text('given_by')
      .notNull()
      .references(() => user.id),
    givenAt: instant('given_at').notNull().defaultNow(),
  },
  (t) => [
    check('credentials_dates', sql`${t.to} >= ${t.from}`),
    uniqueIndex('credentials_one').on(t.delegationId, t.userId, t.scope, t.from),
    index('credentials_user').on(t.userId),
  ],
)
