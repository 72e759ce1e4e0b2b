/** How projects are drawn on the map: what their size says, and the group of stages that colours them. */
import { convert, type Rate } from './exchange-rate'
import type { Stage } from './project-stage'

export const MAP_SIZES = ['none', 'cost', 'capacity', 'committed'] as const
export type MapSize = (typeof MAP_SIZES)[number]
export const MAP_SIZE_LABEL: Record<MapSize, string> = {
  none: 'All the same',
  cost: 'Capital cost',
  capacity: 'Capacity',
  committed: 'Committed money',
}

/** Sized by money: in one currency. */
export const isMoney = (size: MapSize): boolean => size === 'cost' || size === 'committed'

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
  /** The rates that converted it. */
  by: readonly Rate[]
}

type Figures = {
  capacityTonnes: string | null
  capitalCost: string | null
  currency: string | null
  /** Net of what was cancelled, by currency, of what the reader may see. */
  committed: readonly Amount[]
}

export type Amount = { amount: string; currency: string }

/** What a project's size says on a day (ISO). */
export function sizeOf(size: MapSize, figures: Figures, rates: readonly Rate[], today: string): Sized {
  const none = { value: null, text: null, by: [] }
  if (size === 'capacity' && figures.capacityTonnes)
    return { value: Number(figures.capacityTonnes), text: `${figures.capacityTonnes} t/a`, by: [] }
  if (size === 'committed') return sizeOfCommitted(figures.committed, rates, today)
  if (size !== 'cost' || !figures.capitalCost || !figures.currency) return none
  const text = `${figures.currency} ${figures.capitalCost}`
  const converted = convert(figures.capitalCost, figures.currency, MAP_CURRENCY, rates, today)
  return converted
    ? { value: Number(converted.amount), text, by: converted.by ? [converted.by] : [] }
    : { ...none, text }
}

/** One circle for several currencies: drawn in one of them by dated rates, told in each. */
function sizeOfCommitted(committed: readonly Amount[], rates: readonly Rate[], today: string): Sized {
  const given = committed.filter(({ amount }) => Number(amount) > 0)
  if (given.length === 0) return { value: null, text: null, by: [] }
  const text = given.map(({ amount, currency }) => `${currency} ${amount}`).join(' and ')
  const each = given.map(({ amount, currency }) => convert(amount, currency, MAP_CURRENCY, rates, today))
  if (each.some((one) => one === null)) return { value: null, text, by: [] }
  return {
    value: each.reduce((sum, one) => sum + Number(one?.amount), 0),
    text,
    by: each.flatMap((one) => (one?.by ? [one.by] : [])),
  }
}
