/** Partners' bodies that finance: those that the announced projects name, and their like in other partner countries. */
import { eq, inArray } from 'drizzle-orm'
import { v7 as newId } from 'uuid'
import type { INSTITUTION_KINDS } from '../../app/domain/institution'
import type { Database } from '../connection'
import { organization } from '../schema/auth'
import { institutions } from '../schema/financing'
import { facilities } from '../schema/ledger'
import { partners } from '../schema/partners'

type Body = {
  code: string
  name: string
  kind: (typeof INSTITUTION_KINDS)[number]
  partner: string
  source: string
  /** What announcements call it. */
  called: readonly string[]
}

export const INSTITUTIONS: readonly Body[] = [
  {
    ...{
      code: 'EXIM',
      name: 'Export-Import Bank of the United States',
      kind: 'export_credit_agency',
      partner: 'US',
    },
    ...{ source: 'https://www.exim.gov', called: ['EXIM'] },
  },
  {
    ...{ code: 'DFC', name: 'US International Development Finance Corporation', kind: 'development_finance' },
    ...{ partner: 'US', source: 'https://www.dfc.gov', called: ['DFC'] },
  },
  {
    ...{
      code: 'DoW',
      name: 'US Department of War',
      kind: 'government',
      partner: 'US',
      source: 'https://www.war.gov',
    },
    // One department: sources of before September 2025 use its name of then.
    called: ['US Department of War', 'US Department of Defense'],
  },
  {
    ...{
      code: 'CHIPS',
      name: 'US Department of Commerce, CHIPS programme',
      kind: 'government',
      partner: 'US',
    },
    ...{ source: 'https://www.commerce.gov', called: ['US Department of Commerce (CHIPS)'] },
  },
  {
    ...{ code: 'EFA', name: 'Export Finance Australia', kind: 'export_credit_agency', partner: 'AU' },
    ...{ source: 'https://www.exportfinance.gov.au', called: ['Government of Australia (EFA)'] },
  },
  {
    ...{ code: 'BdT', name: 'Banque des Territoires', kind: 'public_bank', partner: 'FR' },
    ...{ source: 'https://www.banquedesterritoires.fr', called: ['French State (Banque des Territoires)'] },
  },
  {
    ...{
      code: 'JBIC',
      name: 'Japan Bank for International Cooperation',
      kind: 'export_credit_agency',
      partner: 'JP',
    },
    ...{ source: 'https://www.jbic.go.jp', called: ['JBIC'] },
  },
  {
    ...{ code: 'KEXIM', name: 'Export-Import Bank of Korea', kind: 'export_credit_agency', partner: 'KR' },
    ...{ source: 'https://www.koreaexim.go.kr', called: ['KEXIM'] },
  },
  {
    ...{ code: 'EDC', name: 'Export Development Canada', kind: 'export_credit_agency', partner: 'CA' },
    ...{ source: 'https://www.edc.ca', called: ['EDC'] },
  },
  {
    ...{ code: 'EIB', name: 'European Investment Bank', kind: 'public_bank', partner: 'EU' },
    ...{ source: 'https://www.eib.org', called: ['EIB'] },
  },
]

/** The slug of an institution's organization. */
export const institutionSlug = (code: string) => `institution-${code.toLowerCase()}`

/** Project Vault as reported: the public loan only. The private part is no money of EXIM's. */
const VAULT = {
  key: 'seed project vault',
  name: 'Project Vault (US Strategic Critical Minerals Reserve)',
  ceiling: '10000000000',
  currency: 'USD',
  note: 'Direct loan of up to USD 10 bn, approved by EXIM’s board on 2 February 2026 for 15 years. Private money comes beside it: USD 1.67 bn by most reports, rounded to 2 bn in others; it is not in this ceiling.',
  source: 'https://www.gtreview.com/?p=121242',
} as const

/** The institutions with their organizations, and Project Vault. Those that exist stay as they are. */
export async function ensureInstitutions(db: Database): Promise<void> {
  const known = await db
    .select({ iso2: partners.iso2 })
    .from(partners)
    .where(inArray(partners.iso2, [...new Set(INSTITUTIONS.map(({ partner }) => partner))]))
  const bodies = INSTITUTIONS.filter(({ partner }) => known.some(({ iso2 }) => iso2 === partner))
  if (bodies.length === 0) return
  await db.transaction(async (tx) => {
    await tx
      .insert(organization)
      .values(
        bodies.map(({ code, name }) => ({
          ...{ id: newId(), name, slug: institutionSlug(code), kind: 'institution' as const },
        })),
      )
      .onConflictDoNothing()
    const homes = await tx
      .select({ id: organization.id, slug: organization.slug })
      .from(organization)
      .where(eq(organization.kind, 'institution'))
    await tx
      .insert(institutions)
      .values(
        bodies.flatMap(({ code, kind, partner, source }) => {
          const home = homes.find(({ slug }) => slug === institutionSlug(code))
          return home ? [{ organizationId: home.id, code, kind, partnerIso2: partner, source }] : []
        }),
      )
      .onConflictDoNothing()
    const exim = homes.find(({ slug }) => slug === institutionSlug('EXIM'))
    if (exim)
      await tx
        .insert(facilities)
        .values({ id: newId(), institutionId: exim.id, ...VAULT })
        .onConflictDoNothing()
  })
}
