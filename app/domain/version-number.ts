/** The number of a version as an address names it, 1 or more; null where none is named. */
export const versionNumber = (text: string | null | undefined): number | null =>
  text && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : null
