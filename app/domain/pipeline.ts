/**
 * The pipeline: every institution's answer to a financing request. What the page is asked for, which move leads from one
 * column of the board to another, and what is stuck and on whom.
 */
import {
  FINANCING_HELD_BY,
  FINANCING_MOVES,
  FINANCING_STAGE_LABEL,
  FINANCING_STAGES,
  type FinancingMove,
  type FinancingStage,
  isOver,
  moveTo,
} from './money-stages'
import { STAGES, type Stage } from './project-stage'

export const PIPELINE_VIEWS = ['board', 'table', 'charts'] as const
export type PipelineView = (typeof PIPELINE_VIEWS)[number]
export const PIPELINE_VIEW_LABEL: Record<PipelineView, string> = {
  board: 'Board',
  table: 'Table',
  charts: 'Charts',
}

export type PipelineFilter = {
  /** Part of the request's or the project's title, or of the source of funds. */
  search: string | null
  mineral: string | null
  /** Stage of production. */
  stage: Stage | null
  /** Stage of the financing. */
  at: FinancingStage | null
  /** Name of the institution or other source of funds. */
  institution: string | null
  /** Partner whose ground it is on, or that asks. */
  partner: string | null
  stuck: boolean
}

export type PipelineWish = PipelineFilter & {
  view: PipelineView
  /** Currency that totals are given in, besides each in its own. */
  currency: string | null
  page: number
}

/** Names in the address bar that a saved view keeps. */
export const PIPELINE_FIELDS = ['q', 'mineral', 'stage', 'at', 'institution', 'partner', 'stuck'] as const

/** What the address bar asks for; values that mean nothing are as if they were not there. */
export function pipelineWish(search: URLSearchParams): PipelineWish {
  const text = (name: string) => search.get(name)?.trim().replaceAll('\0', '').slice(0, 100) || null
  const oneOf = <T extends string>(values: readonly T[], name: string) =>
    values.find((value) => value === search.get(name)) ?? null
  const currency = text('in')
  return {
    search: text('q'),
    mineral: text('mineral'),
    stage: oneOf(STAGES, 'stage'),
    at: oneOf(FINANCING_STAGES, 'at'),
    institution: text('institution'),
    partner: text('partner'),
    stuck: search.get('stuck') === '1',
    view: oneOf(PIPELINE_VIEWS, 'view') ?? 'board',
    currency: currency && /^[A-Z]{3}$/.test(currency) ? currency : null,
    page: Math.min(1000, Math.max(1, Math.trunc(Number(search.get('page')) || 1))),
  }
}

/** The move that leads from a stage to another; null where none does. `held`: where an ask on hold was. */
export const moveBetween = (
  from: FinancingStage,
  to: FinancingStage,
  held: FinancingStage | null,
): FinancingMove | null =>
  from === to ? null : (FINANCING_MOVES.find((move) => moveTo(move, from, held) === to) ?? null)

/** An ask that has not moved for so long is stuck. */
export const STUCK_DAYS = 60
const DAY_MS = 86_400_000

export type Waiting = {
  stage: FinancingStage
  /** When it came to the stage; null where only a source knows. */
  since: Date | null
  lead: string | null
  institution: string
  /** Null: not open to the reader, as the conditions. */
  letterExpiresOn: string | null
  resumeOn: string | null
  /** Open conditions past their day, with who has to meet them. */
  overdue: readonly { responsible: string; dueOn: string }[]
}

export type Stuck = { why: string; onWhom: string }

/** Why an ask is stuck at an instant, and on whom, the gravest first; nothing for one that is over or only announced. */
export function stuckOf(ask: Waiting, now: Date): Stuck[] {
  if (isOver(ask.stage) || !ask.since) return []
  const today = now.toISOString().slice(0, 10)
  const holder = holderOf(ask)
  const reasons: Stuck[] = ask.overdue.map(({ responsible, dueOn }) => ({
    why: `a condition was due on ${dueOn}`,
    onWhom: responsible,
  }))
  if (ask.stage === 'on_hold' && ask.resumeOn && ask.resumeOn < today)
    reasons.push({ why: `work was to resume on ${ask.resumeOn}`, onWhom: holder })
  if (ask.stage === 'letter_of_interest' && ask.letterExpiresOn && ask.letterExpiresOn < today)
    reasons.push({ why: `the letter of interest expired on ${ask.letterExpiresOn}`, onWhom: holder })
  const days = daysSince(ask.since, now)
  if (days > STUCK_DAYS)
    reasons.push({ why: `${days} days in “${FINANCING_STAGE_LABEL[ask.stage]}”`, onWhom: holder })
  return reasons
}

export const daysSince = (since: Date, now: Date): number =>
  Math.max(0, Math.floor((now.getTime() - since.getTime()) / DAY_MS))

/** Whose turn it is, by name. */
export function holderOf({
  stage,
  lead,
  institution,
}: Pick<Waiting, 'stage' | 'lead' | 'institution'>): string {
  const held = FINANCING_HELD_BY[stage]
  if (held === 'nobody') return ''
  if (held === 'institution' || !lead) return institution
  return held === 'lead' ? lead : `${lead} and ${institution}`
}

/** Columns of the board: work in its order, then what is held; what is over stands apart. */
export const BOARD_STAGES = FINANCING_STAGES.filter((stage) => !isOver(stage))
export const ENDED_STAGES = FINANCING_STAGES.filter(isOver)

/** Stages of the funnel: each counts what came at least so far. */
export const FUNNEL_STAGES = FINANCING_STAGES.slice(0, FINANCING_STAGES.indexOf('on_hold'))
