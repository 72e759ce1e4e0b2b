import { sql } from 'drizzle-orm'
import { check, index, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import { ASKED_CONSENT_STATES } from '../../app/domain/host-consent'
import { organization, user } from './auth'
import { proposalVersions } from './cases'
import { proposals } from './projects'

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** The consent of a site's country to a case, once it was asked for. A site that moves to another country asks that one. */
export const hostConsents = pgTable(
  'host_consents',
  {
    id: text('id').primaryKey(),
    proposalId: text('proposal_id')
      .notNull()
      .references(() => proposals.id),
    /** May lie outside the partners, so no foreign key. */
    hostIso2: text('host_iso2').notNull(),
    /** The host's delegation; null where it has none. */
    delegationId: text('delegation_id').references(() => organization.id),
    state: text('state', { enum: ASKED_CONSENT_STATES }).notNull().default('requested'),
    /** The version that the host was asked on: it reads that and later ones. */
    versionId: text('version_id')
      .notNull()
      .references(() => proposalVersions.id),
  },
  (t) => [
    uniqueIndex('host_consents_once').on(t.proposalId, t.hostIso2),
    index('host_consents_delegation').on(t.delegationId),
    check('host_consents_country', sql`${t.hostIso2} ~ '^[A-Z]{2}$'`),
  ],
)

/** Each step of a consent: who, when, in whose name and why. Never changed. */
export const hostConsentSteps = pgTable(
  'host_consent_steps',
  {
    id: text('id').primaryKey(),
    consentId: text('consent_id')
      .notNull()
      .references(() => hostConsents.id),
    /** Made by the page that asked: the same key again is the same step. */
    key: text('key').notNull().unique(),
    after: text('after', { enum: ASKED_CONSENT_STATES }).notNull(),
    /** Who gave it in the host's name; of what a coordinator recorded, whoever signed for the host. */
    signedBy: text('signed_by').notNull(),
    statement: text('statement'),
    /** Of what a coordinator recorded: the letter. */
    reference: text('reference'),
    userId: text('user_id')
      .notNull()
      .references(() => user.id),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organization.id),
    at: instant('at').notNull().defaultNow(),
  },
  (t) => [index('host_consent_steps_of').on(t.consentId, t.at)],
)
