/** The list with one of it moved before another; null: to its end. */
export function moved<T extends { id: string }>(list: readonly T[], id: string, before: string | null): T[] {
  const one = list.find((each) => each.id === id)
  const rest = list.filter((each) => each.id !== id)
  if (!one || before === id) return [...list]
  const at = before === null ? -1 : rest.findIndex((each) => each.id === before)
  return at < 0 ? [...rest, one] : [...rest.slice(0, at), one, ...rest.slice(at)]
}
