import type { ReactNode } from 'react'
import { MARKING_LABEL, type Marking } from '../../domain/marking'
import {
  PROJECT_STATE_LABEL,
  PROPOSAL_STATE_LABEL,
  type ProjectState,
  type ProposalState,
} from '../../domain/project-stage'
import { classNames } from './class-names'

export type Tone = 'neutral' | 'accent' | 'green' | 'ochre' | 'red'

const TONE: Record<Tone, string> = {
  neutral: 'border-rule bg-well text-muted',
  accent: 'border-accent/35 bg-accent-wash text-accent',
  green: 'border-green/35 bg-green-wash text-green',
  ochre: 'border-ochre/35 bg-ochre-wash text-ochre',
  red: 'border-red/35 bg-red-wash text-red',
}

export function Badge({
  tone = 'neutral',
  title,
  children,
  className,
}: {
  tone?: Tone
  title?: string
  children: ReactNode
  className?: string
}) {
  return (
    <span
      title={title}
      className={classNames(
        'inline-flex items-center gap-1 whitespace-nowrap rounded-sm border px-1.5 text-2xs font-semibold leading-5',
        TONE[tone],
        className,
      )}
    >
      {children}
    </span>
  )
}

/** The dot repeats the Traffic Light Protocol's colour; the words say it. */
const MARKING_DOT: Record<Marking, string> = {
  public: 'border border-line bg-sheet',
  forge: 'bg-green',
  group: 'bg-ochre',
  restricted: 'bg-red',
}

/** `size` hall: read from the last row of a hall. */
export function MarkingBadge({ marking, size = 'page' }: { marking: Marking; size?: 'page' | 'hall' }) {
  const { tlp, label, meaning } = MARKING_LABEL[marking]
  return (
    <span
      title={meaning}
      className={classNames(
        'inline-flex items-center whitespace-nowrap rounded-sm border border-line bg-sheet font-semibold text-ink',
        size === 'hall' ? 'gap-[0.6vw] px-[0.8vw]' : 'gap-1.5 px-1.5 text-2xs leading-5',
      )}
    >
      <span
        aria-hidden="true"
        className={classNames(
          'rounded-full',
          size === 'hall' ? 'size-[1.2vw]' : 'size-2',
          MARKING_DOT[marking],
        )}
      />
      {tlp}
      <span className="font-normal text-muted">{label}</span>
    </span>
  )
}

const PROJECT_TONE: Record<ProjectState, Tone> = {
  idea: 'neutral',
  proposed: 'accent',
  endorsed: 'green',
  financing: 'ochre',
  construction: 'ochre',
  operating: 'green',
  paused: 'red',
  withdrawn: 'neutral',
  closed: 'neutral',
}

export const ProjectStateBadge = ({ state }: { state: ProjectState }) => (
  <Badge tone={PROJECT_TONE[state]}>{PROJECT_STATE_LABEL[state]}</Badge>
)

const PROPOSAL_TONE: Record<ProposalState, Tone> = {
  draft: 'neutral',
  submitted: 'accent',
  screening: 'accent',
  in_review: 'accent',
  in_decision: 'ochre',
  changes_requested: 'ochre',
  endorsed: 'green',
  declined: 'red',
  withdrawn: 'neutral',
}

export const ProposalStateBadge = ({ state }: { state: ProposalState }) => (
  <Badge tone={PROPOSAL_TONE[state]}>{PROPOSAL_STATE_LABEL[state]}</Badge>
)
