/** The programmes a partner may stand in, and how. */
export const PROGRAMMES = ['forge', 'pax_silica', 'msp', 'msp_forum', 'preferential_zone'] as const
export type Programme = (typeof PROGRAMMES)[number]

export const PROGRAMME_LABEL: Record<Programme, string> = {
  forge: 'FORGE',
  pax_silica: 'Pax Silica',
  msp: 'Minerals Security Partnership',
  msp_forum: 'MSP Forum',
  preferential_zone: 'Preferential zone',
}

/** `not_known` is a value of its own: nobody has found out. It never means "not a member". */
export const STANDINGS = ['member', 'observer', 'announced', 'not_a_member', 'not_known'] as const
export type Standing = (typeof STANDINGS)[number]

export const STANDING_LABEL: Record<Standing, string> = {
  member: 'Member',
  observer: 'Observer',
  announced: 'Announced',
  not_a_member: 'Not a member',
  not_known: 'Not known',
}

/** Standings that are a part in the programme, of whatever kind. */
export const TAKES_PART: readonly Standing[] = ['member', 'observer', 'announced']

export const isProgramme = (value: unknown): value is Programme => PROGRAMMES.some((one) => one === value)
export const isStanding = (value: unknown): value is Standing => STANDINGS.some((one) => one === value)
