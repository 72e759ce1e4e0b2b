import type { Present } from '../../collab/document-types'

/** Everybody once: somebody with two tabs is where they write, or were last. The others first, oneself at the end. */
export function once(people: readonly Present[]): Present[] {
  const found = new Map<string, Present>()
  for (const person of people) {
    const before = found.get(person.userId)
    found.set(person.userId, {
      ...person,
      self: person.self || (before?.self ?? false),
      fragment: person.fragment ?? before?.fragment ?? null,
    })
  }
  return [...found.values()].sort((a, b) => Number(a.self) - Number(b.self))
}

/** Two letters for a name: of its first and last word. */
export function initials(name: string): string {
  const words = name.split(/[\s-]+/).filter((word) => /\p{L}/u.test(word))
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    (word) => [...(word ?? '')][0] ?? '',
  )
  return letters.join('').toUpperCase()
}
