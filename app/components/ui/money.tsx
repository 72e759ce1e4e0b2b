/**
 * An exact decimal amount with its ISO 4217 currency: "USD 1,670,000,000". It is grouped as text, never made a
 * floating-point number; needless zeros after the point go.
 */
export function formatMoney(amount: string | number, currency: string): string {
  const text = typeof amount === 'number' ? amount.toFixed(4) : amount.trim()
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)
  if (!match) return `${currency} ${text}`
  const [, sign = '', whole = '', fraction = ''] = match
  const cents = fraction.replace(/0+$/, '')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return `${currency} ${sign ? '−' : ''}${grouped}${cents ? `.${cents.length === 1 ? `${cents}0` : cents}` : ''}`
}

export function Money({ amount, currency }: { amount: string | number; currency: string }) {
  return (
    <data value={String(amount)} className="whitespace-nowrap">
      {formatMoney(amount, currency)}
    </data>
  )
}
