/**
 * How concentrated a production is. Shares are of the sum of what the source lists: the countries that it names and
 * those that it takes together.
 *
 * Herfindahl–Hirschman index, 0 to 10,000: the sum of the squared shares in per cent. What "other countries" are is not
 * known: between as many that none counts (the lower bound) and a single one (the upper). Countries whose figure is
 * withheld or not available are in neither the sum nor the index, and are named.
 */
import type { RowKind } from './supply'

export type ProductionRow = {
  country: string
  iso2: string | null
  kind: RowKind
  /** Null: the source gives no figure. */
  tonnes: number | null
  qualifier: string
}

export type Producer = { country: string; iso2: string | null; tonnes: number; share: number }

export type Concentration = {
  /** Tonnes of the countries named, the largest first, with shares of `total` between 0 and 1; none of zero. */
  producers: Producer[]
  largest: Producer
  /** Tonnes of countries that the source does not name. */
  other: number
  /** What shares are of: named and other. */
  total: number
  /** The world's total as the source rounds it; null where it gives none. */
  stated: number | null
  hhi: { low: number; high: number }
  /** Countries without a figure: withheld, or not available. */
  without: string[]
}

/** Null where no country has a figure. */
export function concentrationOf(rows: readonly ProductionRow[]): Concentration | null {
  const named = rows.filter(({ kind, tonnes }) => kind === 'country' && tonnes !== null && tonnes > 0)
  const other = sum(rows.filter(({ kind }) => kind === 'other'))
  const total = sum(named) + other
  const producers = named
    .map(({ country, iso2, tonnes }) => ({
      country,
      iso2,
      tonnes: tonnes ?? 0,
      share: (tonnes ?? 0) / total,
    }))
    .sort((a, b) => b.tonnes - a.tonnes)
  const [largest] = producers
  if (!largest) return null
  const low = producers.reduce((all, { share }) => all + (share * 100) ** 2, 0)
  return {
    ...{ producers, largest, other, total },
    stated: rows.find(({ kind }) => kind === 'world')?.tonnes ?? null,
    hhi: { low, high: low + ((other / total) * 100) ** 2 },
    without: rows
      .filter(
        ({ kind, tonnes, qualifier }) => kind === 'country' && tonnes === null && !SMALL.test(qualifier),
      )
      .map(({ country }) => country),
  }
}

/** "Less than half a unit" is as good as nothing; it is not withheld. */
const SMALL = /^less_than_half/

const sum = (rows: readonly ProductionRow[]) => rows.reduce((all, { tonnes }) => all + (tonnes ?? 0), 0)

/** Words of the US Merger Guidelines (2023, guideline 1) for a market of this index. */
export type Band = 'low' | 'moderate' | 'high'
export const bandOf = (hhi: number): Band => (hhi > 1800 ? 'high' : hhi >= 1000 ? 'moderate' : 'low')
export const BAND_LABEL: Record<Band, string> = {
  low: 'not concentrated',
  moderate: 'moderately concentrated',
  high: 'highly concentrated',
}

/** "7,421", or "7,421–7,460" where the bounds differ by more than rounding. */
export function hhiWords({ low, high }: Concentration['hhi']): string {
  const [from, to] = [Math.round(low), Math.round(high)].map((value) => value.toLocaleString('en'))
  return from === to ? `${from}` : `${from}–${to}`
}
