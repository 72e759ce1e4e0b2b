import type { FactChange } from '../../domain/history'
import { Fact, Facts } from '../ui/page'
import type { Show } from './shown'

/** The key facts of the moment; where changes are shown, those that changed. */
export function FactChanges({ facts, show }: { facts: readonly FactChange[]; show: Show }) {
  const shown = facts.filter((fact) =>
    show === 'changes' ? fact.before !== fact.after : fact.after !== null,
  )
  if (shown.length === 0)
    return (
      <p className="text-sm text-muted">
        {show === 'changes' ? 'No key fact changed.' : 'No key fact is given.'}
      </p>
    )
  return (
    <Facts className="history-text">
      {shown.map(({ label, before, after }) => (
        <Fact key={label} term={label}>
          {show !== 'changes' ? (
            after
          ) : (
            <>
              {before === null ? null : <del>{before}</del>}
              {before !== null && after !== null ? ' ' : null}
              {after === null ? null : <ins>{after}</ins>}
            </>
          )}
        </Fact>
      ))}
    </Facts>
  )
}
