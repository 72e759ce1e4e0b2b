/** What the page of supply is asked for, from the address bar; values that mean nothing are as if they were not there. */
import { SUPPLY_SOURCES, SUPPLY_STAGES, type SupplySource, type SupplyStage } from './supply'
import { CEILINGS } from './supply-gap'

/** Years that each source has, the latest first. */
export const YEARS: Record<SupplySource, readonly [number, ...number[]]> = {
  USGS_MCS_2026: [2025, 2024],
  IEA_CM_2024: [2024],
}

export const MEASURES = ['share', 'hhi', 'closed'] as const
export type Measure = (typeof MEASURES)[number]
export const MEASURE_LABEL: Record<Measure, string> = {
  share: 'Share of the largest country',
  hhi: 'Herfindahl–Hirschman index',
  closed: 'Part of the gap that projects close',
}

export type SupplyPageWish = {
  dataset: SupplySource
  year: number
  ceiling: number
  stage: SupplyStage | null
  measure: Measure
}

export function supplyWish(search: URLSearchParams): SupplyPageWish {
  const dataset = SUPPLY_SOURCES.find((one) => one === search.get('source')) ?? 'USGS_MCS_2026'
  const years = YEARS[dataset]
  return {
    dataset,
    year: years.find((year) => String(year) === search.get('year')) ?? years[0],
    ceiling: ceilingFrom(search),
    stage: SUPPLY_STAGES.find((stage) => stage === search.get('stage')) ?? null,
    measure: MEASURES.find((measure) => measure === search.get('measure')) ?? 'share',
  }
}

/** The ceiling for the largest country's share, as a share; in the address bar per cent. */
export const ceilingFrom = (search: URLSearchParams): number =>
  CEILINGS.find((ceiling) => String(Math.round(ceiling * 100)) === search.get('ceiling')) ?? CEILINGS[0]
