import * as Y from 'yjs'
import type { ProposalFields } from '../../app/domain/proposal-fields'
import { readProposalFields } from '../../app/domain/proposal-fields'
import { FIELDS_MAP } from '../../app/domain/proposal-template'
import type { projects } from '../../db/schema/projects'

type Project = Pick<
  typeof projects.$inferSelect,
  | 'stages'
  | 'product'
  | 'capacityTonnes'
  | 'capitalCost'
  | 'currency'
  | 'priceYear'
  | 'place'
  | 'countryIso2'
  | 'lat'
  | 'lon'
  | 'operator'
  | 'operatorCountryIso2'
  | 'firstProduction'
> & { minerals: readonly string[] }

/** A decimal without the zeros that the column's scale adds. */
const short = (decimal: string | null) => (decimal?.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal)

/** The Yjs update that a proposal's document begins with: what the project says already. Only valid values. */
export function firstFields(project: Project): Uint8Array | undefined {
  const raw: Record<string, unknown> = {
    minerals: project.minerals.length > 0 ? [...project.minerals] : null,
    stages: project.stages.length > 0 ? project.stages : null,
    product: project.product,
    capacity: short(project.capacityTonnes),
    capitalCost: short(project.capitalCost),
    currency: project.currency,
    priceYear: project.priceYear,
    place: project.place,
    country: project.countryIso2,
    site: project.lat !== null && project.lon !== null ? { lat: project.lat, lon: project.lon } : null,
    operator: project.operator,
    operatorCountry: project.operatorCountryIso2,
    'timetable.first_production': project.firstProduction,
  }
  const { fields } = readProposalFields(raw)
  const entries = Object.entries(fields) as [keyof ProposalFields, unknown][]
  if (entries.length === 0) return undefined
  const doc = new Y.Doc()
  const map = doc.getMap<unknown>(FIELDS_MAP)
  doc.transact(() => {
    for (const [name, value] of entries) map.set(name, value)
  })
  const update = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return update
}
