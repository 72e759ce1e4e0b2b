import type { Marking } from '../../domain/marking'
import type { Instrument } from '../../domain/money-instruments'
import type { Totals } from '../../domain/money-ledger'
import type { FinancingMove, FinancingStage } from '../../domain/money-stages'
import type { Stuck } from '../../domain/pipeline'

/** An ask as the pages of the pipeline show it. */
export type AskLine = {
  id: string
  requestId: string
  title: string
  marking: Marking
  announced: boolean
  projectId: string | null
  project: string | null
  lead: string | null
  leadIso2: string | null
  institution: string
  instrument: Instrument | null
  announcedInstrument: string | null
  announcedStatus: string | null
  stage: FinancingStage
  heldFrom: FinancingStage | null
  since: Date | string | null
  totals: Totals[] | null
  stuck: Stuck[]
  /** What the reader may do with it now. */
  moves: FinancingMove[]
}

/** Where the ask is read in full: its stage, money and conditions. */
export const pathOf = ({ id }: AskLine): string => `/financing/asks/${id}`
