import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { ProjectFields } from '~/components/projects/project-fields'
import { Page, PageHeader } from '~/components/ui/page'
import { forbidden, isFault } from '~/domain/fault'
import { parseForm } from '~/domain/form'
import { projectForm, projectFormValues } from '~/domain/project-form'
import { can } from '~/domain/rights'
import { respond } from '~/faults.server'
import { allDelegations, allMinerals, createProject } from '~/projects.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction = () => [{ title: 'New project · FORGE' }]

export const loader = ({ request, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { db } = context.portal
    if (!can(actor, 'create_project', { kind: 'delegation', id: actor.organization.id })) {
      throw forbidden('A head or delegate of a delegation can enter a project.')
    }
    const [minerals, delegations] = await Promise.all([allMinerals(db), allDelegations(db)])
    return { minerals, delegations: delegations.filter((one) => one.id !== actor.organization.id) }
  })

export const action = ({ request, context }: ActionFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const values = projectFormValues(await request.formData())
    const parsed = parseForm(projectForm, values)
    if (!parsed.ok) return data({ values, message: null, fields: parsed.fields }, { status: 422 })
    try {
      const id = await createProject(context.portal.db, actor, parsed.value, context.from)
      throw redirect(`/projects/${id}`)
    } catch (error) {
      if (!isFault(error) || error.fault !== 'invalid') throw error
      return data({ values, message: error.message, fields: error.fields }, { status: 422 })
    }
  })

export default function NewProject() {
  const { minerals, delegations } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  return (
    <Page narrow>
      <PageHeader eyebrow="Projects" title="New project">
        <p>It begins as an idea of your delegation, restricted to it until you say otherwise.</p>
      </PageHeader>
      <ProjectFields
        values={refused?.values ?? {}}
        refused={refused}
        minerals={minerals}
        delegations={delegations}
        submit="Enter the project"
        back="/projects"
      />
    </Page>
  )
}
