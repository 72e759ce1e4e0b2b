import { formatDecimal } from '../../domain/decimal-words'
import { INSTRUMENT_LABEL } from '../../domain/money-instruments'
import { isNothingSought, REQUEST_FIELD_LABEL, type Sought } from '../../domain/request-fields'
import { Money } from '../ui/money'
import { Fact, Facts } from '../ui/page'

/** What a request seeks in all, on one line of a list; nothing where nothing is written of it yet. */
export function SoughtLine({ sought }: { sought: Sought | null }) {
  if (!sought || isNothingSought(sought)) return null
  const { instruments, amount, currency, tenorYears, neededBy } = sought
  const words = [
    instruments?.map((one) => INSTRUMENT_LABEL[one].toLowerCase()).join(', '),
    tenorYears === null ? null : `${tenorYears} years`,
    neededBy ? `first money ${neededBy}` : null,
  ].filter(Boolean)
  if (!amount && words.length === 0) return null
  return (
    <span className="block text-xs font-normal text-muted">
      seeks {amount ? <SoughtAmount amount={amount} currency={currency} /> : null}
      {amount && words.length ? ': ' : ''}
      {words.join(', ')}
    </span>
  )
}

const SoughtAmount = ({ amount, currency }: { amount: string; currency: string | null }) =>
  currency ? (
    <Money amount={amount} currency={currency} />
  ) : (
    <span>{formatDecimal(amount)} (currency not given)</span>
  )

/** The key facts of a request, as lists have them. */
export function SoughtFacts({ sought }: { sought: Sought | null }) {
  if (!sought || isNothingSought(sought)) return null
  const { amount, currency, instruments } = sought
  const texts = (
    ['tenorYears', 'graceYears', 'neededBy', 'purpose', 'security', 'coFinanciers'] as const
  ).filter((name) => sought[name] !== null)
  return (
    <Facts className="mb-6">
      {amount ? (
        <Fact term={REQUEST_FIELD_LABEL.amount}>
          <SoughtAmount amount={amount} currency={currency} />
        </Fact>
      ) : null}
      {instruments?.length ? (
        <Fact term={REQUEST_FIELD_LABEL.instruments}>
          {instruments.map((one) => INSTRUMENT_LABEL[one]).join(', ')}
        </Fact>
      ) : null}
      {texts.map((name) => (
        <Fact key={name} term={REQUEST_FIELD_LABEL[name]}>
          {sought[name]}
        </Fact>
      ))}
    </Facts>
  )
}
