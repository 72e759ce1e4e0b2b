import { amountOf } from '../../domain/money-amount'
import { LEDGER_LABEL, type LedgerKind, type Totals } from '../../domain/money-ledger'
import { formatMoney } from '../ui/money'
import { SHOWN_KINDS } from './pipeline-table'

const BAR: Record<(typeof SHOWN_KINDS)[number], string> = {
  indicated: 'bg-rule',
  requested: 'bg-ochre/50',
  approved: 'bg-accent/40',
  committed: 'bg-accent',
  disbursed: 'bg-green',
}

type Source = {
  id: string
  sourceName: string
  /** Short, for one of the portal's institutions. */
  institution: string | null
  currency: string
  /** Null: not open to the reader, and in no total. */
  sums: Record<LedgerKind, string> | null
}

/** Percent of the whole, as far as a bar needs it: the exact figures stand beside. */
const share = (part: string, whole: bigint) =>
  whole <= 0n ? 0 : Math.min(1000, Number(((amountOf(part) ?? 0n) * 1000n) / whole)) / 10

/**
 * A bar for each kind, made up of its sources, on the scale of the capital cost or the largest kind. Bars of two kinds
 * lie below one another: they are never added up. A line shows where the capital cost ends.
 */
export function Stack({
  totals: { currency, sums },
  cost,
  sources,
}: {
  totals: Totals
  cost: { amount: string; currency: string } | null
  sources: readonly Source[]
}) {
  const sameCost = cost?.currency === currency ? (amountOf(cost.amount) ?? 0n) : 0n
  const whole = SHOWN_KINDS.reduce((most, kind) => {
    const sum = amountOf(sums[kind]) ?? 0n
    return sum > most ? sum : most
  }, sameCost)
  const end = sameCost > 0n && cost ? share(cost.amount, whole) : null
  return (
    <dl className="mb-3 grid grid-cols-[6.5rem_1fr] gap-x-3 gap-y-1.5 text-sm">
      {end !== null && cost ? (
        <Bar
          label="Capital cost"
          value={formatMoney(cost.amount, currency)}
          parts={[{ id: 'cost', name: 'Capital cost', amount: cost.amount, width: end }]}
          tone="bg-ink/60"
          end={null}
        />
      ) : null}
      {SHOWN_KINDS.map((kind) => (
        <Bar
          key={kind}
          label={LEDGER_LABEL[kind].label}
          value={formatMoney(sums[kind], currency)}
          tone={BAR[kind]}
          end={end}
          parts={sources.flatMap((source) => {
            const amount = source.currency === currency ? (source.sums?.[kind] ?? '0') : '0'
            if ((amountOf(amount) ?? 0n) <= 0n) return []
            const name = source.institution ?? source.sourceName
            return [
              { id: source.id, name, amount: formatMoney(amount, currency), width: share(amount, whole) },
            ]
          })}
        />
      ))}
    </dl>
  )
}

function Bar({
  label,
  value,
  parts,
  tone,
  end,
}: {
  label: string
  value: string
  parts: readonly { id: string; name: string; amount: string; width: number }[]
  tone: string
  /** Where the capital cost ends, in percent; null: no line. */
  end: number | null
}) {
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd>
        <span className="block text-xs">
          {value}
          {parts.length > 1 ? (
            <span className="text-muted">
              : {parts.map(({ name, amount }) => `${name} ${amount}`).join(', ')}
            </span>
          ) : null}
          {parts.length === 1 && parts[0]?.id !== 'cost' ? (
            <span className="text-muted">, {parts[0]?.name}</span>
          ) : null}
        </span>
        <span className="relative mt-0.5 flex h-2.5 bg-well">
          {parts.map(({ id, name, amount, width }) => (
            <span
              key={id}
              title={`${name}, ${amount}`}
              className={`h-2.5 border-r border-paper last:border-r-0 ${tone}`}
              style={{ width: `${width}%` }}
            />
          ))}
          {end !== null ? (
            <span className="absolute -inset-y-0.5 w-px bg-ink" style={{ left: `calc(${end}% - 1px)` }} />
          ) : null}
        </span>
      </dd>
    </>
  )
}
