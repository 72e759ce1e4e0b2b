/** Contained tonnes a year; `amount` is an exact decimal. */
export function Tonnes({ amount }: { amount: string }) {
  const [whole = '', part = ''] = amount.split('.')
  const decimals = part.replace(/0+$/, '')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return (
    <span className="whitespace-nowrap tabular-nums">
      {grouped}
      {decimals ? `.${decimals}` : ''} t/a
    </span>
  )
}
