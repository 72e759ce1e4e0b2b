import { formatDecimal } from '../../domain/decimal-words'

/** Contained tonnes a year; `amount` is an exact decimal. */
export function Tonnes({ amount }: { amount: string }) {
  return <span className="whitespace-nowrap tabular-nums">{formatDecimal(amount)} t/a</span>
}
