/** Who may know that a thing exists. Printed as the Traffic Light Protocol's words, never translated. */
export const MARKINGS = ['public', 'forge', 'group', 'restricted'] as const
export type Marking = (typeof MARKINGS)[number]

export const MARKING_LABEL: Record<Marking, { tlp: string; label: string; meaning: string }> = {
  public: { tlp: 'TLP:CLEAR', label: 'Public', meaning: 'May be shown to anybody.' },
  forge: { tlp: 'TLP:GREEN', label: 'FORGE', meaning: 'For every delegation of FORGE and the secretariat.' },
  group: { tlp: 'TLP:AMBER', label: 'Working group', meaning: 'For the members of one working group.' },
  restricted: { tlp: 'TLP:RED', label: 'Restricted', meaning: 'Only for the delegations named.' },
}

/** The strictest marking of what is on a page or in a file: the whole is of that. */
export const strictestOf = (rows: readonly { marking: Marking }[]): Marking =>
  MARKINGS.filter((marking) => rows.some((row) => row.marking === marking)).at(-1) ?? 'public'
