/** How far asks came and how long they took, over those of a filter that the reader may know of. */
import { sql } from 'drizzle-orm'
import type { Marking } from '../../app/domain/marking'
import type { FinancingStage } from '../../app/domain/money-stages'
import type { Actor } from '../../app/domain/people'
import { FUNNEL_STAGES, type PipelineFilter } from '../../app/domain/pipeline'
import type { Queryable } from '../connection'
import { financingMoves } from '../schema/financing'
import { stagesOf } from './pipeline-asks'

const path = sql`array[${sql.join(
  FUNNEL_STAGES.map((stage) => sql`${stage}`),
  sql`, `,
)}]::text[]`

/** Of how many asks each stage of the way was reached: an ask in a stage has passed those before it. One query. */
export async function pipelineFunnel(db: Queryable, actor: Actor, filter: PipelineFilter) {
  const { rows } = await db.execute<{ reached: number; count: number }>(sql`
    with seen as ${stagesOf(db, actor, filter)},
    moved as (
      select ask_id, greatest(max(array_position(${path}, before::text)), max(array_position(${path}, after::text))) as step
      from ${financingMoves} group by ask_id)
    select reached, count(*)::int as count
    from (
      select greatest(moved.step, array_position(${path}, seen.stage::text), array_position(${path}, seen.held_from::text)) as reached
      from seen left join moved on moved.ask_id = seen.id) furthest
    where reached is not null group by reached`)
  return FUNNEL_STAGES.map((stage, index) => ({
    stage,
    count: rows.reduce((sum, { reached, count }) => sum + (reached > index ? count : 0), 0),
  }))
}

/** Markings of the asks that a filter keeps, each once: what is drawn of them bears the strictest. One query. */
export async function pipelineMarkings(
  db: Queryable,
  actor: Actor,
  filter: PipelineFilter,
): Promise<{ marking: Marking }[]> {
  const { rows } = await db.execute<{ marking: Marking }>(
    sql`select distinct marking from ${stagesOf(db, actor, filter)} seen`,
  )
  return rows
}

export type StageTime = {
  stage: FinancingStage
  /** Asks that left the stage, and the median and longest of their days in it. */
  left: number
  median: number | null
  longest: number | null
  /** Asks that are in it now, and the median of their days so far. */
  waiting: number
  waited: number | null
}

/** Days in each stage: of those that left it, and of those that are in it. Announced ones have no times. One query. */
export async function pipelineTimes(
  db: Queryable,
  actor: Actor,
  filter: PipelineFilter,
  now: Date,
): Promise<StageTime[]> {
  const at = now.toISOString()
  const { rows } = await db.execute<StageTime>(sql`
    with seen as ${stagesOf(db, actor, filter)},
    steps as (
      select before::text as stage,
        date_part('epoch', at - coalesce(lag(at) over (partition by ask_id order by at, moved.id), seen.asked_at)) / 86400 as days
      from ${financingMoves} moved join seen on seen.id = moved.ask_id where not seen.announced),
    left_it as (
      select stage, count(*)::int as "left", percentile_cont(0.5) within group (order by days) as median, max(days) as longest
      from steps group by stage),
    in_it as (
      select stage::text as stage, count(*)::int as waiting,
        percentile_cont(0.5) within group (order by date_part('epoch', ${at}::timestamptz - since) / 86400) as waited
      from seen where not announced and since is not null group by stage)
    select stage, coalesce("left", 0) as "left", median::float8, longest::float8, coalesce(waiting, 0) as waiting, waited::float8
    from left_it full join in_it using (stage)`)
  return rows
}
