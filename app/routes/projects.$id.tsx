import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { MentionedIn } from '~/components/documents/mentioned-in'
import { ProjectsMap } from '~/components/map/projects-map'
import { FinancingTable } from '~/components/projects/financing-table'
import { ProjectFacts } from '~/components/projects/project-facts'
import { MarkingBadge, ProjectStateBadge, ProposalStateBadge } from '~/components/ui/badge'
import { Button, LinkButton } from '~/components/ui/button'
import { Flag } from '~/components/ui/flag'
import { FormErrors } from '~/components/ui/form-errors'
import { Page, PageHeader, Section } from '~/components/ui/page'
import { Table, Td, Th } from '~/components/ui/table'
import { isFault } from '~/domain/fault'
import { respond } from '~/faults.server'
import { allMinerals, mentionedIn, openProposal, projectPage, startProposal } from '~/projects.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.project.title ?? 'Project'} · FORGE` },
]

export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { db } = context.portal
    const [page, minerals] = await Promise.all([projectPage(db, actor, params.id ?? ''), allMinerals(db)])
    const { id } = page.project
    const [open, mentions] = await Promise.all([
      openProposal(db, actor, id),
      mentionedIn(db, actor, { kind: 'project', id }),
    ])
    return {
      ...page,
      ...{ open, mentions },
      mineralNames: Object.fromEntries(minerals.map(({ id, name }) => [id, name])),
    }
  })

export const action = ({ request, params, context }: ActionFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { db } = context.portal
    const projectId = params.id ?? ''
    try {
      const id = await startProposal(db, actor, projectId, context.from)
      throw redirect(`/proposals/${id}`)
    } catch (error) {
      if (!isFault(error) || error.fault !== 'conflict') throw error
      const open = await openProposal(db, actor, projectId)
      return data({ message: error.message, open }, { status: 409 })
    }
  })

export default function Project() {
  const page = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const busy = useNavigation().state === 'submitting'
  const { project, shown, owner } = page
  return (
    <Page>
      <PageHeader
        eyebrow={<Link to="/projects">Projects</Link>}
        title={project.title}
        actions={
          <>
            <LinkButton to={`/records/project/${project.id}`}>Record</LinkButton>
            <LinkButton to={`/projects/${project.id}/money`}>Money</LinkButton>
            {page.mayEdit ? <LinkButton to={`/projects/${project.id}/edit`}>Change</LinkButton> : null}
            {page.open ? (
              <LinkButton to={`/proposals/${page.open}`} variant="primary">
                Open your proposal
              </LinkButton>
            ) : page.mayPropose ? (
              <Form method="post">
                <Button variant="primary" busy={busy}>
                  Start a proposal
                </Button>
              </Form>
            ) : null}
          </>
        }
      >
        <MarkingBadge marking={project.marking} />
        <ProjectStateBadge state={project.state} />
        {owner ? (
          <span>
            {owner.iso2 ? <Flag iso2={owner.iso2} size={16} className="mr-1.5" /> : null}
            entered by {owner.name}
          </span>
        ) : (
          <span>announced; kept by the secretariat</span>
        )}
      </PageHeader>
      {refused ? (
        <div className="mb-4">
          <FormErrors message={refused.message} />
          {refused.open ? (
            <Link className="link text-sm" to={`/proposals/${refused.open}`}>
              Open it
            </Link>
          ) : null}
        </div>
      ) : null}
      {project.summary ? (
        <p className="mb-6 max-w-prose whitespace-pre-line font-serif text-lg">{project.summary}</p>
      ) : null}
      <div className="grid gap-x-10 lg:grid-cols-[minmax(0,1fr)_26rem]">
        <div className="min-w-0">
          <ProjectFacts page={page} />
          {page.financing.length ? (
            <Section title="Financing as announced" className="mt-8">
              <FinancingTable rows={page.financing} />
            </Section>
          ) : null}
        </div>
        <div className="min-w-0 max-lg:mt-8">
          <Section title="Proposals" note={page.proposals.length || null}>
            {page.proposals.length ? (
              <Table caption="Proposals of this project" stack>
                <thead>
                  <tr>
                    <Th>Proposal</Th>
                    <Th>Lead</Th>
                    <Th>State</Th>
                  </tr>
                </thead>
                <tbody>
                  {page.proposals.map((one) => (
                    <tr key={one.id}>
                      <Th scope="row">
                        {one.readable ? (
                          <Link to={`/proposals/${one.id}`} className="row-link">
                            {one.title}
                          </Link>
                        ) : (
                          one.title
                        )}
                      </Th>
                      <Td label="Lead" className="sm:whitespace-nowrap">
                        {one.leadIso2 ? <Flag iso2={one.leadIso2} size={16} className="mr-1.5" /> : null}
                        {one.lead}
                      </Td>
                      <Td label="State">
                        <ProposalStateBadge state={one.state} />
                      </Td>
                    </tr>
                  ))}
                </tbody>
              </Table>
            ) : (
              <p className="text-sm text-muted">
                None that you may see.
                {page.mayPropose ? ' Start one: the case is written together, section by section.' : ''}
              </p>
            )}
          </Section>
          <MentionedIn mentions={page.mentions} />
          {shown.lat !== null && shown.lon !== null ? (
            <Section title="Site">
              <ProjectsMap
                pins={[{ id: project.id, title: project.title, lat: shown.lat, lon: shown.lon }]}
              />
            </Section>
          ) : null}
        </div>
      </div>
    </Page>
  )
}
