import { sql } from 'drizzle-orm'
import {
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { type Choices, NOTICE_OBJECTS, type NoticeData } from '../../app/domain/notices'
import { user } from './auth'

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** How a notice goes out besides the inbox; `none`: not at all. */
export const NOTICE_MAILS = ['none', 'now', 'digest'] as const

/** What one person is told: written in the act's own transaction, delivered afterwards. */
export const notices = pgTable(
  'notices',
  {
    id: text('id').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => user.id),
    kind: text('kind').notNull(),
    /** The act that it tells of: a person is told of it once. */
    act: text('act').notNull(),
    /** What decides who may read it, whenever it is read. */
    objectKind: text('object_kind', { enum: NOTICE_OBJECTS }).notNull(),
    objectId: text('object_id').notNull(),
    /** The page that it leads to. */
    link: text('link').notNull(),
    data: jsonb('data').$type<NoticeData>().notNull(),
    /** What a mail says; null: what its kind says. */
    mailWords: text('mail_words'),
    mail: text('mail', { enum: NOTICE_MAILS }).notNull(),
    at: instant('at').notNull().defaultNow(),
    readAt: instant('read_at'),
    /** The inbox channel holds it. */
    toldAt: instant('told_at'),
    mailedAt: instant('mailed_at'),
    mailTries: integer('mail_tries').notNull().default(0),
    mailNextAt: instant('mail_next_at').notNull().defaultNow(),
    /** The digest that took it up. */
    digestDay: date('digest_day', { mode: 'string' }),
  },
  (t) => [
    uniqueIndex('notices_once').on(t.userId, t.act),
    index('notices_of').on(t.userId, t.at),
    index('notices_unread').on(t.userId).where(sql`${t.readAt} is null`),
    index('notices_untold').on(t.at).where(sql`${t.toldAt} is null`),
    index('notices_to_mail').on(t.mailNextAt).where(sql`${t.mail} = 'now' and ${t.mailedAt} is null`),
    index('notices_to_digest').on(t.userId, t.at).where(sql`${t.mail} = 'digest' and ${t.digestDay} is null`),
  ],
)

/** How somebody wants to be told; no row: as the kinds say, in UTC. */
export const noticeSettings = pgTable('notice_settings', {
  userId: text('user_id')
    .primaryKey()
    .references(() => user.id),
  zone: text('zone').notNull(),
  /** Of the digest, 0–23, in the zone. */
  hour: integer('hour').notNull(),
  choices: jsonb('choices').$type<Choices>().notNull(),
})

/** A person's digest of a calendar day in their zone: there is one, whichever node makes it. */
export const noticeDigests = pgTable(
  'notice_digests',
  {
    userId: text('user_id')
      .notNull()
      .references(() => user.id),
    day: date('day', { mode: 'string' }).notNull(),
    madeAt: instant('made_at').notNull().defaultNow(),
    sentAt: instant('sent_at'),
    tries: integer('tries').notNull().default(0),
    nextAt: instant('next_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.day] }),
    index('notice_digests_to_send').on(t.nextAt).where(sql`${t.sentAt} is null`),
  ],
)
