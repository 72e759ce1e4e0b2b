import { amountOf } from '../../domain/money-amount'
import { LEDGER_LABEL, type Totals } from '../../domain/money-ledger'
import { formatMoney } from '../ui/money'
import { SHOWN_KINDS } from './pipeline-table'

const BAR: Record<(typeof SHOWN_KINDS)[number], string> = {
  indicated: 'bg-rule',
  requested: 'bg-ochre/50',
  approved: 'bg-accent/40',
  committed: 'bg-accent',
  disbursed: 'bg-green',
}

/** Per mille of the whole, as far as a bar needs it: the exact figures stand beside. */
const share = (part: string, whole: bigint) =>
  whole <= 0n ? 0 : Math.min(1000, Number(((amountOf(part) ?? 0n) * 1000n) / whole))

/** One bar for each kind, on the scale of the capital cost (or the largest kind): bars lie below one another, none on top. */
export function Stack({
  totals: { currency, sums },
  cost,
}: {
  totals: Totals
  cost: { amount: string; currency: string } | null
}) {
  const sameCost = cost?.currency === currency ? (amountOf(cost.amount) ?? 0n) : 0n
  const whole = SHOWN_KINDS.reduce((most, kind) => {
    const sum = amountOf(sums[kind]) ?? 0n
    return sum > most ? sum : most
  }, sameCost)
  return (
    <dl className="mb-3 grid grid-cols-[6.5rem_1fr] items-center gap-x-3 gap-y-1 text-sm">
      {sameCost > 0n && cost ? (
        <Bar
          label="Capital cost"
          width={share(cost.amount, whole)}
          tone="bg-ink/60"
          value={formatMoney(cost.amount, currency)}
        />
      ) : null}
      {SHOWN_KINDS.map((kind) => (
        <Bar
          key={kind}
          label={LEDGER_LABEL[kind].label}
          width={share(sums[kind], whole)}
          tone={BAR[kind]}
          value={formatMoney(sums[kind], currency)}
        />
      ))}
    </dl>
  )
}

function Bar({ label, width, tone, value }: { label: string; width: number; tone: string; value: string }) {
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd>
        <span className="block text-xs">{value}</span>
        <span className="block h-2.5 bg-well">
          <span className={`block h-2.5 ${tone}`} style={{ width: `${width / 10}%` }} />
        </span>
      </dd>
    </>
  )
}
