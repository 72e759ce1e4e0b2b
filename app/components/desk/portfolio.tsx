import { Link } from '@remix-run/react'
import type { Totals } from '../../domain/money-ledger'
import { FINANCING_STAGE_LABEL } from '../../domain/money-stages'
import type { StageSum } from '../pipeline/board'
import { SumTable } from '../pipeline/sums'
import { Section } from '../ui/page'

/** The whole pipeline as the reader may see it: how much of each kind of money, how many at which stage, what is stuck. */
export function Portfolio({ stages, totals }: { stages: readonly StageSum[]; totals: readonly Totals[] }) {
  const held = stages.filter(({ count }) => count > 0)
  const all = held.reduce((sum, { count }) => sum + count, 0)
  const stuck = held.reduce((sum, one) => sum + one.stuck, 0)
  if (!all) return null
  return (
    <Section
      title="Portfolio"
      note={all === 1 ? '1 ask' : `${all} asks`}
      actions={
        <Link to="/pipeline" className="link text-sm">
          Pipeline
        </Link>
      }
    >
      <SumTable totals={totals} one={null} closed={held.reduce((sum, { closed }) => sum + closed, 0)} />
      <p className="text-sm">
        {held.map(({ stage, count }, index) => (
          <span key={stage}>
            {index ? ', ' : ''}
            <Link to={`/pipeline?view=table&at=${stage}`} className="link">
              {FINANCING_STAGE_LABEL[stage].toLowerCase()} {count}
            </Link>
          </span>
        ))}
        {stuck ? (
          <>
            {'; '}
            <Link to="/pipeline?view=table&stuck=1" className="link font-semibold">
              {stuck} stuck
            </Link>
          </>
        ) : null}
      </p>
    </Section>
  )
}
