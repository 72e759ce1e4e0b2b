import { Link } from '@remix-run/react'
import type { DeskProject, Waiting } from '../../domain/desk'
import { ProjectTable } from '../partners/project-table'
import { type FollowUpLine, FollowUpList } from '../session/follow-up-list'
import { LinkButton } from '../ui/button'
import { EmptyState } from '../ui/empty'
import { Flag } from '../ui/flag'
import { Page, PageHeader, Section } from '../ui/page'
import { ActsWaiting, type WaitingActLine } from './acts-waiting'
import { type DueLine, DueList } from './due-list'
import { type DeskProposalLine, ProposalTable } from './proposal-table'
import { WaitingList } from './waiting-list'

export type DelegationDeskProps = {
  delegation: { name: string; partnerIso2: string }
  projects: readonly DeskProject[]
  proposals: readonly DeskProposalLine[]
  waiting: readonly Waiting[]
  acts: readonly WaitingActLine[]
  due: readonly DueLine[]
  followUps: readonly FollowUpLine[]
  today: string
  /** What the reader's role allows. */
  mayCreateProject: boolean
  mayImport: boolean
}

/** Wide: the work to the left, what waits and what is due to its right. On a phone what waits comes first. */
export function DelegationDesk(props: DelegationDeskProps) {
  const {
    delegation,
    projects,
    proposals,
    waiting,
    acts,
    due,
    followUps,
    today,
    mayCreateProject,
    mayImport,
  } = props
  const own = proposals.filter((proposal) => proposal.level === 'own')
  const others = proposals.filter((proposal) => proposal.level !== 'own')
  return (
    <Page>
      <PageHeader
        eyebrow="Desk"
        title={
          <span className="flex items-center gap-3">
            <Flag iso2={delegation.partnerIso2} size={40} />
            {delegation.name}
          </span>
        }
        actions={
          <>
            {mayImport ? <LinkButton to="/documents/import">Import a document</LinkButton> : null}
            {mayCreateProject ? (
              <LinkButton to="/projects/new" variant="primary">
                New project
              </LinkButton>
            ) : null}
          </>
        }
      />
      <div className="grid gap-x-10 lg:grid-cols-[minmax(0,1fr)_22rem] lg:grid-rows-[auto_1fr]">
        <Section
          title="Waits for you"
          note={waiting.length + acts.length || null}
          className="lg:col-start-2 lg:row-start-1"
        >
          {acts.length ? <ActsWaiting acts={acts} /> : null}
          {waiting.length || !acts.length ? <WaitingList waiting={waiting} /> : null}
        </Section>
        <div className="min-w-0 lg:col-start-1 lg:row-span-2 lg:row-start-1">
          <Section title="Proposals you lead" note={own.length || null}>
            {own.length ? (
              <ProposalTable proposals={own} of="own" />
            ) : (
              <EmptyState title="No proposal yet">
                <p>
                  A proposal is a project’s case, written together. Open a{' '}
                  <Link to="/projects" className="link">
                    project
                  </Link>{' '}
                  and start one from there; then invite the delegations that write it with you.
                </p>
              </EmptyState>
            )}
          </Section>
          <Section title="Proposals of others" note={others.length || null}>
            {others.length ? (
              <ProposalTable proposals={others} of="others" />
            ) : (
              <p className="text-sm text-muted">
                No other delegation has invited yours. An invitation appears here as soon as it is made.
              </p>
            )}
          </Section>
          <Section
            title="Projects"
            note={projects.length || null}
            actions={
              <LinkButton to="/projects" variant="quiet" size="sm">
                All projects
              </LinkButton>
            }
          >
            {projects.length ? (
              <ProjectTable projects={projects} caption={`Projects of ${delegation.name}`} />
            ) : (
              <EmptyState title="No project yet">
                <p>
                  None of the announced projects names {delegation.name}.{' '}
                  {mayCreateProject
                    ? 'Enter one of your own with “New project” and choose who may see it.'
                    : 'A head or delegate can enter one.'}
                </p>
              </EmptyState>
            )}
          </Section>
        </div>
        <Section
          title="Due"
          note={due.length + followUps.length || null}
          className="lg:col-start-2 lg:row-start-2"
        >
          {followUps.length ? (
            <div className="mb-4">
              <h3 className="mb-1 text-sm font-semibold">Follow-ups to decisions</h3>
              <FollowUpList lines={followUps} today={today} />
            </div>
          ) : null}
          <DueList due={due} today={today} partnerIso2={delegation.partnerIso2} />
        </Section>
      </div>
    </Page>
  )
}
