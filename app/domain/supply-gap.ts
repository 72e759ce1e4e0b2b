/**
 * How much supply from elsewhere would bring the largest country's share down to a ceiling, and how much of that the
 * portfolio's projects would add.
 *
 * With L tonnes of the largest country in a total of T, and X tonnes more from elsewhere, its share is L ÷ (T + X). That
 * is the ceiling c at X = L ÷ c − T: the gap. Projects add their capacities C, outside the largest country.
 */

/** Shares to choose from. 0.65 is the most from one third country that the EU's Critical Raw Materials Act aims at by 2030. */
export const CEILINGS = [0.65, 0.5, 0.33] as const

export type Gap = {
  /** Tonnes a year that are missing from elsewhere; 0 where the largest is not above the ceiling. */
  missing: number
  /** Part of it that the capacity closes, at most 1; null where nothing is missing. */
  closed: number | null
  shareNow: number
  /** The largest's share if the capacity is produced in full and nothing else changes. */
  shareThen: number
}

/** In: tonnes a year (L, T, C) and the ceiling as a share. `total` is more than 0. */
export function gapOf(largest: number, total: number, capacity: number, ceiling: number): Gap {
  const missing = Math.max(0, largest / ceiling - total)
  return {
    missing,
    closed: missing > 0 ? Math.min(1, capacity / missing) : null,
    shareNow: largest / total,
    shareThen: largest / (total + capacity),
  }
}

/** A project's capacity at a stage, or why it is not counted. */
export type CountedCapacity = { tonnes: number; counted: true } | { counted: false; why: string }

export function countCapacity({
  countryIso2,
  largestIso2,
  tonnes,
}: {
  countryIso2: string | null
  largestIso2: string | null
  tonnes: number
}): CountedCapacity {
  if (!countryIso2) return { counted: false, why: 'its country is not known' }
  if (countryIso2 === largestIso2) return { counted: false, why: 'it lies in the largest producing country' }
  return { counted: true, tonnes }
}
