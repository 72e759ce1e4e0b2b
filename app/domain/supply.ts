/** What published figures of supply are of: sources, stages, kinds of rows, and minerals that stand for several. */
import type { ProjectState, Stage } from './project-stage'

/** Two compilations on two bases: a figure of one is never added to a figure of the other. */
export const SUPPLY_SOURCES = ['USGS_MCS_2026', 'IEA_CM_2024'] as const
export type SupplySource = (typeof SUPPLY_SOURCES)[number]
export const SUPPLY_SOURCE_LABEL: Record<SupplySource, string> = {
  USGS_MCS_2026: 'USGS, Mineral Commodity Summaries 2026',
  IEA_CM_2024: 'IEA, Critical Minerals, base year 2024',
}

export const SUPPLY_STAGES = [
  'mine',
  'refinery',
  'smelter',
  'sponge_metal',
  'refined_compound',
  'primary_low_purity',
] as const
export type SupplyStage = (typeof SUPPLY_STAGES)[number]
export const SUPPLY_STAGE_LABEL: Record<SupplyStage, string> = {
  mine: 'Mine',
  refinery: 'Refinery',
  smelter: 'Smelter',
  sponge_metal: 'Sponge metal',
  refined_compound: 'Refined compound',
  primary_low_purity: 'Primary, low purity',
}

/** A row of a country, of those that the source does not name, or of the world. */
export const ROW_KINDS = ['country', 'other', 'world'] as const
export type RowKind = (typeof ROW_KINDS)[number]

/** How an announced capacity is meant. */
export const CAPACITY_BOUNDS = ['stated', 'about', 'up_to', 'more_than'] as const
export type CapacityBound = (typeof CAPACITY_BOUNDS)[number]
export const CAPACITY_BOUND_LABEL: Record<CapacityBound, string> = {
  stated: '',
  about: 'about',
  up_to: 'up to',
  more_than: 'more than',
}

/** Stages of a project that add to production at a stage of the source. */
const ADDS_AT: Record<SupplyStage, readonly Stage[]> = {
  mine: ['extraction', 'concentration'],
  refinery: ['refining', 'metal_alloy'],
  smelter: ['refining', 'metal_alloy'],
  sponge_metal: ['refining', 'metal_alloy'],
  refined_compound: ['refining', 'metal_alloy'],
  primary_low_purity: ['refining', 'metal_alloy'],
}
export const addsAt = (stage: SupplyStage, stages: readonly string[]): boolean =>
  ADDS_AT[stage].some((one) => stages.includes(one))

/** States in which a project's output is still to come and still meant to: an operating one is in the production already. */
export const TO_COME: readonly ProjectState[] = ['idea', 'proposed', 'endorsed', 'financing', 'construction']

const MAGNET = ['neodymium', 'praseodymium', 'dysprosium', 'terbium']
const RARE_EARTHS = `${MAGNET.join(' ')} cerium erbium europium gadolinium holmium lanthanum lutetium samarium thulium ytterbium yttrium`

/** Minerals that one of the sources takes together. */
const MEMBERS: Record<string, readonly string[]> = {
  rare_earths_magnet: MAGNET,
  rare_earths: [...RARE_EARTHS.split(' '), 'rare_earths_magnet'],
  rare_earths_heavy: 'dysprosium terbium gadolinium holmium erbium thulium ytterbium lutetium yttrium'.split(
    ' ',
  ),
  pgm: 'iridium osmium palladium platinum rhodium ruthenium'.split(' '),
}

/** A mineral and those that it stands for. */
export const membersOf = (mineralId: string): readonly string[] => [mineralId, ...(MEMBERS[mineralId] ?? [])]

/** The groups that a mineral is counted in. */
export const groupsOf = (mineralId: string): string[] =>
  Object.keys(MEMBERS).filter((group) => MEMBERS[group]?.includes(mineralId))
