/** How the sources' words are read into the portal's: the rules, each with its reason. The words themselves are kept. */
import type { ProjectState, Stage } from '../../app/domain/project-stage'
import type { Programme, Standing } from '../../app/domain/standing'
import type { PartnerRow } from './sources'

export type StandingReading = {
  programme: Programme
  value: Standing
  detail?: string | null
  validFrom?: string | null
  source?: string | null
  confidence?: string | null
}

/** No list of FORGE's members is public: only the host and the chair are members beyond doubt. */
const FORGE: Record<string, Standing> = {
  host_and_initiator: 'member',
  chair: 'member',
  reported_joined: 'announced',
  // Support and an unnamed "initiative" are not membership.
  stated_support: 'not_known',
  reported_joined_initiative: 'not_known',
}

const PAX: Record<string, Standing> = {
  founding_signatory: 'member',
  signatory: 'member',
  non_signatory_participant: 'observer',
  observer: 'observer',
  participant_unclear: 'not_known',
}

const words = (...parts: (string | null | undefined)[]) => parts.filter(Boolean).join(': ') || null
const spaced = (status: string) => status.replaceAll('_', ' ')

/** A partner's standing in every programme; what no source says is not known, and never "not a member". */
export function standingsOf(partner: PartnerRow): StandingReading[] {
  const {
    forge,
    pax_silica: pax,
    msp_member: msp,
    msp_forum_member: forum,
    price_floor_or_action_plan: zone,
  } = partner
  return [
    {
      programme: 'forge',
      value: (forge.status && FORGE[forge.status]) || 'not_known',
      detail: words(forge.status && spaced(forge.status), forge.detail),
      source: forge.source,
      confidence: forge.confidence,
    },
    pax
      ? {
          programme: 'pax_silica',
          value: PAX[pax.status] ?? 'not_known',
          detail: words(spaced(pax.status), pax.note),
          validFrom: pax.date,
          source: pax.source,
          confidence: pax.confidence,
        }
      : { programme: 'pax_silica', value: 'not_known' },
    // "false" in the compilation has no source of its own: the name was not on the lists that were read.
    msp.value
      ? { programme: 'msp', value: 'member', source: msp.source }
      : { programme: 'msp', value: 'not_known', detail: 'not among the members that the sources read name' },
    forum.value
      ? { programme: 'msp_forum', value: 'member', validFrom: forum.since, source: forum.source }
      : {
          programme: 'msp_forum',
          value: 'not_known',
          detail: 'not among the members that the sources read name',
        },
    // No preferential zone has been agreed: an action plan or a pricing clause announces one.
    zone
      ? {
          programme: 'preferential_zone',
          value: 'announced',
          detail: words(zone.instrument, zone.wording),
          validFrom: zone.date,
          source: zone.source,
        }
      : { programme: 'preferential_zone', value: 'not_known' },
  ]
}

/** The press's word for a stage. "Processing" is what follows the mine and its mill, so refining; "trade" is none. */
const STAGE: Record<string, Stage> = {
  exploration: 'exploration',
  mine: 'extraction',
  processing: 'refining',
  refinery: 'refining',
  refining: 'refining',
  separation: 'refining',
  chemical: 'refining',
  'processing to APT': 'refining',
  'by-product recovery': 'refining',
  smelter: 'metal_alloy',
  magnets: 'component',
  'battery components': 'component',
  'battery precursor': 'component',
  recycling: 'recycling',
  infrastructure: 'infrastructure',
}

export const stagesOf = (announced: readonly string[]): Stage[] => [
  ...new Set(announced.flatMap((word) => STAGE[word] ?? [])),
]

/** Only what the source says outright moves an announced project past `proposed`. */
export function stateOf(status: string | null | undefined): ProjectState {
  if (!status) return 'proposed'
  if (/care and maintenance/.test(status)) return 'paused'
  if (/operating|shipping/.test(status)) return 'operating'
  if (/construction/.test(status)) return 'construction'
  if (/financed/.test(status)) return 'financing'
  return 'proposed'
}
