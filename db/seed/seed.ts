/** The real directory: partners, agreements, minerals and announced projects, from `db/seed/data`. */
import { sql } from 'drizzle-orm'
import { country } from '../../app/domain/country'
import type { Database, Transaction } from '../connection'
import { agreementPartners, agreements, minerals, obligations, partners, standings } from '../schema/partners'
import { announcedFinancing, projectMinerals, projectPartners, projects } from '../schema/projects'
import { stagesOf, standingsOf, stateOf } from './readings'
import { readSources } from './sources'

type Sources = Awaited<ReturnType<typeof readSources>>

/** Groups that sources name where they name no single mineral. */
const GROUPS = [
  { id: 'rare_earths', name: 'Rare earths (not specified)', group: 'rare earth' },
  { id: 'pgm', name: 'Platinum-group metals (not specified)', group: 'platinum group' },
]

/** Loads the directory into an empty database. One that holds partners already stays as it is. */
export async function seedDirectory(db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(7340233)`)
    const held = await tx.select({ iso2: partners.iso2 }).from(partners).limit(1)
    if (held.length > 0) return
    const sources = await readSources()
    await seedPartners(tx, sources)
    await seedAgreements(tx, sources)
    await seedMinerals(tx, sources)
    await seedProjects(tx, sources)
  })
}

async function seedPartners(
  tx: Transaction,
  { partners: { meta, partners: attending, related_partners } }: Sources,
) {
  const all = [...attending, ...related_partners]
  await tx.insert(partners).values(
    all.map((row) => ({
      iso2: row.iso2,
      iso3: row.iso3,
      name: row.name,
      region: row.region,
      subregion: row.subregion,
      type: row.type,
      nameAsListed: row.name_as_listed,
      attendedMinisterial: row.ministerial_2026_02_04.attended,
      ministerialRole: row.ministerial_2026_02_04.role,
      ministerialSource: row.ministerial_2026_02_04.source,
      whyListed: row.why_listed,
      isoNote: row.iso_note,
    })),
  )
  await tx
    .insert(standings)
    .values(
      all.flatMap((row) =>
        standingsOf(row).map((standing) => ({ partnerIso2: row.iso2, asOf: meta.compiled, ...standing })),
      ),
    )
}

async function seedAgreements(tx: Transaction, { agreements: { agreements: rows } }: Sources) {
  await tx
    .insert(agreements)
    .values(rows.map(({ partners: _partners, commitments: _commitments, ...row }) => row))
  await tx
    .insert(agreementPartners)
    .values(rows.flatMap((row) => parties(row).map((iso2) => ({ agreementId: row.id, partnerIso2: iso2 }))))
  await tx.insert(obligations).values(
    rows.flatMap((row) =>
      row.commitments.map((commitment, index) => ({
        agreementId: row.id,
        position: index + 1,
        kind: commitment.kind,
        text: commitment.text,
        due: commitment.due,
        dueIsComputed: commitment.due_is_computed,
      })),
    ),
  )
}

/** The compilation lists whom the United States agreed with: it is a party to every one of its instruments. */
const parties = (row: { partners: string[] }) => [...new Set([...row.partners, 'US'])]

async function seedMinerals(tx: Transaction, { minerals: { minerals: rows } }: Sources) {
  await tx.insert(minerals).values([
    ...rows.map((row) => ({
      id: row.id,
      name: row.name,
      symbol: row.symbol,
      group: row.group,
      usCritical2025: row.us_critical_2025,
      euStrategic: row.eu_strategic,
      euCritical: row.eu_critical,
    })),
    ...GROUPS.map((group) => ({ ...group, usCritical2025: false, isGroup: true })),
  ])
}

async function seedProjects(tx: Transaction, { projects: { projects: rows }, partners: directory }: Sources) {
  const known = new Set([...directory.partners, ...directory.related_partners].map((row) => row.iso2))
  await tx.insert(projects).values(
    rows.map((row) => ({
      id: row.id,
      title: row.name,
      marking: 'public' as const,
      state: stateOf(row.status),
      leadPartnerIso2: row.country_iso2 && known.has(row.country_iso2) ? row.country_iso2 : null,
      countryIso2: country.optional().parse(row.country_iso2 ?? undefined),
      place: row.location,
      lat: row.lat,
      lon: row.lon,
      coordsSource: row.coords_source,
      stages: stagesOf(row.stage ?? []),
      announcedStages: row.stage ?? [],
      plannedOutput: row.planned_output,
      capitalCost: row.capex ? String(row.capex.amount) : null,
      currency: row.capex?.currency,
      operator: row.operator,
      programme: row.program,
      announcedStatus: row.status,
      note: row.note,
      confidence: row.confidence,
      source: row.source,
    })),
  )
  const contained = rows.flatMap((row) => row.minerals.map((mineralId) => ({ projectId: row.id, mineralId })))
  await tx.insert(projectMinerals).values(contained)
  const leads = rows.flatMap((row) =>
    row.country_iso2 && known.has(row.country_iso2)
      ? [{ projectId: row.id, partnerIso2: row.country_iso2 }]
      : [],
  )
  await tx.insert(projectPartners).values(leads)
  await tx.insert(announcedFinancing).values(
    rows.flatMap((row) =>
      (row.financing ?? []).map((one, index) => ({
        projectId: row.id,
        position: index + 1,
        sourceOfFunds: one.source_of_funds,
        instrument: one.instrument,
        amount: one.amount === null ? null : String(one.amount),
        currency: one.currency,
        upTo: one.up_to,
        status: one.status,
        date: one.date,
      })),
    ),
  )
}
