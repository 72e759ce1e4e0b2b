/** Figures of supply in words, the same on the server and in every browser. */

/** Tonnes, with as many decimals as say something: "302,000 t", "2.9 t". */
export const tonnesWords = (tonnes: number): string =>
  `${tonnes.toLocaleString('en', { maximumFractionDigits: tonnes < 100 ? 1 : 0 })} t`

/** A share between 0 and 1 as "68 %"; small ones with a decimal, and never zero for what is not. */
export function shareWords(share: number): string {
  const percent = share * 100
  if (percent > 0 && percent < 0.1) return '< 0.1 %'
  return `${percent.toLocaleString('en', { maximumFractionDigits: percent < 10 ? 1 : 0 })} %`
}
