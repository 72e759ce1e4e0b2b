/** A chemical symbol or formula, with its numbers set low: BaSO₄. */
export const ChemicalSymbol = ({ of }: { of: string }) => (
  <span>{of.replace(/\d/g, (digit) => String.fromCharCode(0x2080 + Number(digit)))}</span>
)
