/** The directory as pages show it: open to everybody who is signed in, so nothing here asks for rights. */
import {
  and,
  asc,
  count,
  desc,
  eq,
  exists,
  ilike,
  inArray,
  isNull,
  notExists,
  or,
  type SQL,
  sql,
} from 'drizzle-orm'
import { PROGRAMMES, type Programme, STANDINGS, type Standing, TAKES_PART } from '../../app/domain/standing'
import type { Queryable } from '../connection'
import {
  agreementPartners,
  agreements,
  member,
  obligations,
  organization,
  partners,
  standings,
} from '../schema'

export type PartnerFilter = {
  /** Part of a name, or an ISO code. */
  q?: string
  region?: string
  programme?: Programme
  /** With a programme: in it; without: in any. A programme alone means taking part in it in any way. */
  standing?: Standing
}

/** `%` and `_` typed by a reader are letters, not wildcards. */
const literal = (typed: string) => typed.replace(/[\\%_]/g, (mark) => `\\${mark}`)

function standsAs(db: Queryable, { programme, standing }: PartnerFilter): SQL | undefined {
  if (!programme && !standing) return undefined
  const current = (values: readonly Standing[]) =>
    db
      .select({ one: sql`1` })
      .from(standings)
      .where(
        and(
          eq(standings.partnerIso2, partners.iso2),
          isNull(standings.validTo),
          programme ? eq(standings.programme, programme) : undefined,
          inArray(standings.value, [...values]),
        ),
      )
  if (standing !== 'not_known') return exists(current(standing ? [standing] : TAKES_PART))
  // Where nothing is recorded, nothing is known either.
  const known = STANDINGS.filter((value) => value !== 'not_known')
  return programme
    ? notExists(current(known))
    : sql`(select count(*) from ${current(known)} as known) < ${PROGRAMMES.length}`
}

/** Partners that pass the filter, by name, each with its current standings and how much is on record of it. */
export async function listPartners(db: Queryable, filter: PartnerFilter = {}) {
  const q = filter.q?.trim()
  const rows = await db
    .select({
      iso2: partners.iso2,
      iso3: partners.iso3,
      name: partners.name,
      region: partners.region,
      subregion: partners.subregion,
      attendedMinisterial: partners.attendedMinisterial,
      agreementCount: sql<number>`(select count(*)::int from ${agreementPartners} where ${agreementPartners.partnerIso2} = ${partners.iso2})`,
      inPortal: sql<boolean>`exists (select 1 from ${member} where ${member.organizationId} = ${organization.id})`,
    })
    .from(partners)
    .leftJoin(organization, eq(organization.partnerIso2, partners.iso2))
    .where(
      and(
        q
          ? or(
              ilike(partners.name, `%${literal(q)}%`),
              ilike(partners.nameAsListed, `%${literal(q)}%`),
              eq(partners.iso2, q.toUpperCase()),
              eq(partners.iso3, q.toUpperCase()),
            )
          : undefined,
        filter.region ? eq(partners.region, filter.region) : undefined,
        standsAs(db, filter),
      ),
    )
    .orderBy(asc(partners.name))
  const current = await db
    .select({
      partnerIso2: standings.partnerIso2,
      programme: standings.programme,
      value: standings.value,
    })
    .from(standings)
    .where(isNull(standings.validTo))
  return rows.map((row) => {
    const stands: Partial<Record<Programme, Standing>> = {}
    for (const one of current) if (one.partnerIso2 === row.iso2) stands[one.programme] = one.value
    return { ...row, standings: stands }
  })
}

/** The regions that occur, and how many partners there are in all. */
export async function directorySize(db: Queryable) {
  const rows = await db
    .select({ region: partners.region, partners: count() })
    .from(partners)
    .groupBy(partners.region)
    .orderBy(asc(partners.region))
  return {
    total: rows.reduce((sum, row) => sum + row.partners, 0),
    regions: rows.flatMap((row) => (row.region ? [row.region] : [])),
  }
}

/**
 * A partner with its standings (ended ones too, newest first), its agreements, and whether anybody of
 * its delegation uses the portal; null when there is none.
 */
export async function partnerOf(db: Queryable, iso2: string) {
  const [partner] = await db.select().from(partners).where(eq(partners.iso2, iso2))
  if (!partner) return null
  const standing = await db
    .select()
    .from(standings)
    .where(eq(standings.partnerIso2, iso2))
    .orderBy(asc(standings.programme), desc(standings.asOf))
  const [delegation] = await db
    .select({ people: count() })
    .from(member)
    .innerJoin(organization, eq(organization.id, member.organizationId))
    .where(eq(organization.partnerIso2, iso2))
  return {
    partner,
    standings: standing,
    inPortal: (delegation?.people ?? 0) > 0,
    agreements: await agreementsOf(db, [iso2]),
  }
}

export type Agreement = typeof agreements.$inferSelect & {
  parties: { iso2: string; name: string }[]
  obligations: (typeof obligations.$inferSelect)[]
}

/** Agreements to which any of the partners is party, newest first, with all parties and obligations. */
function agreementsOf(db: Queryable, iso2s: readonly string[]): Promise<Agreement[]> {
  if (!iso2s.length) return Promise.resolve([])
  return withParts(
    db,
    inArray(
      agreements.id,
      db
        .select({ id: agreementPartners.agreementId })
        .from(agreementPartners)
        .where(inArray(agreementPartners.partnerIso2, [...iso2s])),
    ),
  )
}

/** An agreement, and others that share a party or a topic with it; null when there is none. */
export async function agreementOf(db: Queryable, id: string) {
  const [agreement] = await withParts(db, eq(agreements.id, id))
  if (!agreement) return null
  // The United States are party to nearly all of them: sharing that one relates nothing.
  const shared = agreement.parties.map((party) => party.iso2).filter((iso2) => iso2 !== 'US')
  const ofParties = (await agreementsOf(db, shared)).filter((other) => other.id !== id)
  const sameBatch = agreement.batch
    ? (await withParts(db, eq(agreements.batch, agreement.batch))).filter(
        (other) => other.id !== id && !ofParties.some((one) => one.id === other.id),
      )
    : []
  return { agreement, ofParties, sameBatch }
}

async function withParts(db: Queryable, where: SQL | undefined): Promise<Agreement[]> {
  const found = await db
    .select()
    .from(agreements)
    .where(where)
    .orderBy(sql`${agreements.date} desc nulls last`, asc(agreements.title))
  if (!found.length) return []
  const ids = found.map((agreement) => agreement.id)
  const parties = await db
    .select({ agreementId: agreementPartners.agreementId, iso2: partners.iso2, name: partners.name })
    .from(agreementPartners)
    .innerJoin(partners, eq(partners.iso2, agreementPartners.partnerIso2))
    .where(inArray(agreementPartners.agreementId, ids))
    .orderBy(asc(partners.name))
  const owed = await db
    .select()
    .from(obligations)
    .where(inArray(obligations.agreementId, ids))
    .orderBy(asc(obligations.position))
  return found.map((agreement) => ({
    ...agreement,
    parties: parties
      .filter((party) => party.agreementId === agreement.id)
      .map(({ iso2, name }) => ({ iso2, name })),
    obligations: owed.filter((obligation) => obligation.agreementId === agreement.id),
  }))
}

/** Open obligations with a date of the partner's agreements: the earliest first, so what is past leads. */
export function obligationsDue(db: Queryable, iso2: string) {
  return db
    .select({
      agreementId: agreements.id,
      agreementTitle: agreements.title,
      position: obligations.position,
      kind: obligations.kind,
      text: obligations.text,
      due: obligations.due,
      dueIsComputed: obligations.dueIsComputed,
      state: obligations.state,
    })
    .from(obligations)
    .innerJoin(agreements, eq(agreements.id, obligations.agreementId))
    .innerJoin(agreementPartners, eq(agreementPartners.agreementId, agreements.id))
    .where(
      and(
        eq(agreementPartners.partnerIso2, iso2),
        eq(obligations.state, 'open'),
        sql`${obligations.due} is not null`,
      ),
    )
    .orderBy(asc(obligations.due), asc(agreements.id), asc(obligations.position))
}
