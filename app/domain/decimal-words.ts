/** An exact decimal as it is read: grouped by thousands, needless zeros after the point left out. "1,670,000.5". */
export function formatDecimal(text: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text.trim())
  if (!match) return text
  const [, sign = '', whole = '', part = ''] = match
  const decimals = part.replace(/0+$/, '')
  return `${sign ? '−' : ''}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${decimals ? `.${decimals}` : ''}`
}
