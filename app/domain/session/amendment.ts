/** An amendment replaces one passage of a motion's text by another. */

/** Where a passage stands in a text; null when it does not, or more than once. */
export function placeOf(text: string, passage: string): number | null {
  const at = text.indexOf(passage)
  return passage === '' || at < 0 || text.indexOf(passage, at + 1) >= 0 ? null : at
}

/** The text with the passage replaced; null when the passage does not stand in it exactly once. */
export function amended(text: string, passage: string, by: string): string | null {
  const at = placeOf(text, passage)
  return at === null ? null : text.slice(0, at) + by + text.slice(at + passage.length)
}

const words = (text: string) => text.split(/\s+/u).filter(Boolean)

/** How many words an amendment takes out and puts in: what both have in common, in order, does not count. */
export function distanceOf(passage: string, by: string): number {
  const [a, b] = [words(passage), words(by)]
  let row = new Array<number>(b.length + 1).fill(0)
  for (const word of a) {
    const next = [0]
    for (let j = 1; j <= b.length; j++)
      next.push(word === b[j - 1] ? (row[j - 1] ?? 0) + 1 : Math.max(row[j] ?? 0, next[j - 1] ?? 0))
    row = next
  }
  return a.length + b.length - 2 * (row[b.length] ?? 0)
}
