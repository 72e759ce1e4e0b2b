/** Searching and moving in a list of choices. Pure. */
type Option = { id: string; name: string }

/** Options whose name has what is sought, in any case; those that begin with it first. */
export function matching<T extends Option>(options: readonly T[], sought: string): T[] {
  const wanted = sought.trim().toLowerCase()
  const found = options.filter(({ name }) => name.toLowerCase().includes(wanted))
  const begins = ({ name }: Option) => (name.toLowerCase().startsWith(wanted) ? 0 : 1)
  return wanted ? found.sort((a, b) => begins(a) - begins(b)) : found
}

/** Where a key moves to in a list of `count`, round its ends; null for a key that does not move. */
export function moveTo(key: string, at: number, count: number): number | null {
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 8, PageUp: at - 8 }[key]
  if (next === undefined || count === 0) return null
  if (key.startsWith('Page')) return Math.min(count - 1, Math.max(0, next))
  return (next + count) % count
}
