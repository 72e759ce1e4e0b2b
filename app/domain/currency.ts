/** ISO 4217 codes in use, as the runtime knows them; those that projects are mostly costed in first. */
export function currencies(): string[] {
  const first = ['USD', 'EUR', 'GBP', 'JPY', 'KRW', 'AUD', 'CAD']
  return [...first, ...Intl.supportedValuesOf('currency').filter((code) => !first.includes(code))]
}
