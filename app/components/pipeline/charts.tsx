import { FINANCING_STAGE_LABEL, FINANCING_STAGES, type FinancingStage } from '../../domain/money-stages'
import { STUCK_DAYS } from '../../domain/pipeline'
import { BarChart } from '../chart/bar-chart'
import { ChartFigure } from '../chart/chart-figure'

export type StageTimeLine = {
  stage: FinancingStage
  left: number
  median: number | null
  longest: number | null
  waiting: number
  waited: number | null
}

const days = (value: number) =>
  `${value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 1 : 0 })} days`

/** How far asks came, and how long they take: over what the filter keeps and the reader may know of. */
export function PipelineCharts({
  funnel,
  times,
  marked,
}: {
  funnel: readonly { stage: FinancingStage; count: number }[]
  times: readonly StageTimeLine[]
  /** Marking and date, for the files. */
  marked: string
}) {
  const ordered = FINANCING_STAGES.flatMap((stage) => times.find((one) => one.stage === stage) ?? [])
  const first = funnel[0]?.count ?? 0
  return (
    <>
      <ChartFigure
        title="How far asks came"
        name="pipeline-funnel"
        head={['Stage', 'Asks that came at least so far', 'Of all (%)']}
        rows={funnel.map(({ stage, count }) => [
          FINANCING_STAGE_LABEL[stage],
          count,
          first ? (count / first) * 100 : 0,
        ])}
        words={(value) => value.toLocaleString('en', { maximumFractionDigits: 0 })}
        notes={[
          'An ask at a stage is counted at every one before it, also where a source names the stage only. Declined, withdrawn and cancelled ones count as far as they came.',
          marked,
        ]}
      >
        {(width) => (
          <BarChart
            label="How far asks came. The button “As table” gives the figures."
            bars={funnel.map(({ stage, count }) => ({
              ...{ id: stage, label: FINANCING_STAGE_LABEL[stage], value: count },
              text: first
                ? `${count.toLocaleString('en')} (${Math.round((count / first) * 100)} %)`
                : `${count}`,
            }))}
            width={width}
            ticks={(value) => (Number.isInteger(value) ? String(value) : '')}
          />
        )}
      </ChartFigure>
      {ordered.length ? (
        <ChartFigure
          title="Days in each stage"
          name="pipeline-times"
          head={['Stage', 'Left it', 'Median days', 'Longest', 'In it now', 'Median days so far']}
          rows={ordered.map((one) => [
            FINANCING_STAGE_LABEL[one.stage],
            one.left,
            one.median ?? 'none yet',
            one.longest ?? 'none yet',
            one.waiting,
            one.waited ?? 'none',
          ])}
          words={(value) => value.toLocaleString('en', { maximumFractionDigits: 1 })}
          summary={
            <p className="text-muted">
              Full: the median of those that left the stage; pale: of those that wait in it now. The line is
              at {STUCK_DAYS} days, after which one is stuck.
            </p>
          }
          notes={['Announced ones have no times of their own and are left out.', marked]}
        >
          {(width) => (
            <BarChart
              label="Median days in each stage. The button “As table” gives the figures."
              bars={ordered.map((one) => ({
                ...{ id: one.stage, label: FINANCING_STAGE_LABEL[one.stage] },
                value: one.median ?? 0,
                upTo: one.waited ?? undefined,
                text: [
                  one.median === null ? null : days(one.median),
                  one.waited === null ? null : `${one.waiting} waiting ${days(one.waited)}`,
                ]
                  .filter(Boolean)
                  .join(', '),
              }))}
              width={width}
              mark={{ value: STUCK_DAYS, text: `${STUCK_DAYS} days` }}
              ticks={(value) => `${value} d`}
            />
          )}
        </ChartFigure>
      ) : (
        <p className="mb-6 border border-dashed border-line bg-sheet px-4 py-3 text-sm text-muted">
          No ask of this choice has times yet: they begin when a delegation asks in the portal.
        </p>
      )}
    </>
  )
}
