/** How well an announced project is corroborated: the compilation's words, read into four grades. The words are kept. */
export const CORROBORATIONS = ['primary', 'corroborated', 'single', 'weak'] as const
export type Corroboration = (typeof CORROBORATIONS)[number]

export const CORROBORATION_LABEL: Record<Corroboration, { label: string; meaning: string }> = {
  primary: {
    label: 'Primary',
    meaning: 'Read in a text of the government, institution or company itself; nobody else was asked.',
  },
  corroborated: { label: 'Corroborated', meaning: 'More than one source says it, independently.' },
  single: { label: 'Single source', meaning: 'One source says it; no second one was found.' },
  weak: { label: 'Weak sources', meaning: 'Only sources that are known to err say it, though they agree.' },
}

/** The grade of the source's words; null when they say nothing of it. Each grade is the beginning of its words. */
export const corroborationOf = (words: string | null): Corroboration | null =>
  CORROBORATIONS.find((grade) => words?.startsWith(grade)) ?? null
