import { type GroupRules, type RuleChange, rulesInWords } from '../../domain/group-rules'
import { Moment } from '../ui/date'

/** A group's rules of procedure, each by its name. */
export function RulesList({ rules }: { rules: GroupRules }) {
  return (
    <dl className="grid gap-x-6 gap-y-1 text-sm sm:grid-cols-[max-content_1fr]">
      {Object.entries(rulesInWords(rules)).map(([rule, { name, says }]) => (
        <div key={rule} className="contents">
          <dt className="mt-1 text-muted sm:mt-0">{name}</dt>
          <dd>{says}</dd>
        </div>
      ))}
    </dl>
  )
}

export type RuleLine = {
  id: string
  at: Date | string
  by: string
  of: string
  changes: readonly RuleChange[]
}

/** Who changed the rules when, and what was before; the last first. */
export function RuleHistory({ lines }: { lines: readonly RuleLine[] }) {
  return (
    <ol className="divide-y divide-rule border-y border-rule bg-sheet text-sm">
      {lines.map((line) => (
        <li key={line.id} className="px-3 py-2">
          <p className="text-muted">
            <Moment at={line.at} /> · {line.by}, {line.of}
          </p>
          <ul>
            {line.changes.map(({ name, before, after }) => (
              <li key={name}>
                {name}: <del className="text-muted">{before}</del> <span aria-hidden="true">→</span>{' '}
                <ins className="no-underline">{after}</ins>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  )
}
