/** How projects are drawn on the map: what their size says, and the group of stages that colours them. */
import { convert, type Rate } from './exchange-rate'
import type { Stage } from './project-stage'

export const MAP_SIZES = ['none', 'cost', 'capacity'] as const
export type MapSize = (typeof MAP_SIZES)[number]
export const MAP_SIZE_LABEL: Record<MapSize, string> = {
  none: 'All the same',
  cost: 'Capital cost',
  capacity: 'Capacity',
}

export const mapSizeFrom = (search: URLSearchParams): MapSize =>
  MAP_SIZES.find((size) => size === search.get('size')) ?? 'none'

/** Groups of stages, in the order of a supply chain; a project is drawn by the furthest that it reaches. */
export const STAGE_GROUPS = ['mining', 'processing', 'products', 'other'] as const
export type StageGroup = (typeof STAGE_GROUPS)[number]
export const STAGE_GROUP_LABEL: Record<StageGroup, string> = {
  mining: 'Exploration, extraction, concentration',
  processing: 'Refining, metal and alloy',
  products: 'Components, recycling',
  other: 'Infrastructure, stockpile, not given',
}
const GROUP: Record<Stage, StageGroup> = {
  exploration: 'mining',
  extraction: 'mining',
  concentration: 'mining',
  refining: 'processing',
  metal_alloy: 'processing',
  component: 'products',
  recycling: 'products',
  infrastructure: 'other',
  stockpile: 'other',
}
const FURTHEST: readonly StageGroup[] = ['products', 'processing', 'mining']

export function stageGroupOf(stages: readonly string[]): StageGroup {
  const groups = new Set(
    Object.entries(GROUP).flatMap(([stage, group]) => (stages.includes(stage) ? [group] : [])),
  )
  return FURTHEST.find((group) => groups.has(group)) ?? 'other'
}

/** Costs are sized in one currency: others are converted, and say by which rate. */
export const MAP_CURRENCY = 'USD'

export type Sized = {
  /** For drawing only; null: the project has no such figure, or no rate converts it. */
  value: number | null
  /** In words, exact. */
  text: string | null
  /** The rate that converted it. */
  by: Rate | null
}

type Figures = { capacityTonnes: string | null; capitalCost: string | null; currency: string | null }

/** What a project's size says on a day (ISO). */
export function sizeOf(size: MapSize, figures: Figures, rates: readonly Rate[], today: string): Sized {
  const none = { value: null, text: null, by: null }
  if (size === 'capacity' && figures.capacityTonnes)
    return { value: Number(figures.capacityTonnes), text: `${figures.capacityTonnes} t/a`, by: null }
  if (size !== 'cost' || !figures.capitalCost || !figures.currency) return none
  const text = `${figures.currency} ${figures.capitalCost}`
  const converted = convert(figures.capitalCost, figures.currency, MAP_CURRENCY, rates, today)
  return converted ? { value: Number(converted.amount), text, by: converted.by } : { ...none, text }
}
