/** What is asked for, and what each instrument says besides its amount. */
export const INSTRUMENTS = [
  'direct_loan',
  'guarantee',
  'equity',
  'political_risk_insurance',
  'grant',
  'offtake',
  'stockpile_purchase',
  'price_support',
] as const
export type Instrument = (typeof INSTRUMENTS)[number]
export const INSTRUMENT_LABEL: Record<Instrument, string> = {
  direct_loan: 'Direct loan',
  guarantee: 'Guarantee',
  equity: 'Equity',
  political_risk_insurance: 'Political risk insurance',
  grant: 'Grant',
  offtake: 'Offtake',
  stockpile_purchase: 'Stockpile purchase',
  price_support: 'Price support (contract for differences)',
}

/** Bought in tonnes: these say how much of what, at which price, and when. */
export const boughtInTonnes = (instrument: string): boolean =>
  instrument === 'offtake' || instrument === 'stockpile_purchase'

/** What an ask says besides its amount: the years asked for, and what is bought. */
export type AskDetails = { tenorYears: number | null; purchase: Purchase | null }

/** What a purchase says; dates are ISO days, tonnes are of the mineral contained. */
export type Purchase = {
  quantityTonnes: string
  grade: string
  priceFormula: string
  deliveryFrom: string
  deliveryTo: string
  storage: string
  releaseRule: string
}
