import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { ProjectFields, type ProjectValues } from '~/components/projects/project-fields'
import { Page, PageHeader } from '~/components/ui/page'
import { forbidden, isFault } from '~/domain/fault'
import { parseForm } from '~/domain/form'
import { projectForm, projectFormValues } from '~/domain/project-form'
import { respond } from '~/faults.server'
import { allDelegations, allMinerals, editProject, projectPage } from '~/projects.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction = () => [{ title: 'Change project · FORGE' }]

/** A decimal column without the zeros that its scale adds. */
const short = (decimal: string | null) =>
  decimal?.includes('.') ? decimal.replace(/\.?0+$/, '') : (decimal ?? '')

export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { db } = context.portal
    const { project, readers, mayEdit, minerals: own } = await projectPage(db, actor, params.id ?? '')
    if (!mayEdit)
      throw forbidden('Only a head or delegate of the delegation that entered the project can change it.')
    const [minerals, delegations] = await Promise.all([allMinerals(db), allDelegations(db)])
    const values: ProjectValues = {
      title: project.title,
      summary: project.summary,
      marking: project.marking,
      readers,
      minerals: own,
      stages: project.stages,
      countryIso2: project.countryIso2 ?? '',
      place: project.place ?? '',
      lat: String(project.lat ?? ''),
      lon: String(project.lon ?? ''),
      product: project.product ?? '',
      capacityTonnes: short(project.capacityTonnes),
      capitalCost: short(project.capitalCost),
      currency: project.currency ?? '',
      priceYear: String(project.priceYear ?? ''),
      firstProduction: project.firstProduction ?? '',
      operator: project.operator ?? '',
      operatorCountryIso2: project.operatorCountryIso2 ?? '',
    }
    return {
      id: project.id,
      values,
      minerals,
      delegations: delegations.filter((one) => one.id !== actor.organization.id),
    }
  })

export const action = ({ request, params, context }: ActionFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const id = params.id ?? ''
    const values = projectFormValues(await request.formData())
    const parsed = parseForm(projectForm, values)
    if (!parsed.ok) return data({ values, message: null, fields: parsed.fields }, { status: 422 })
    try {
      await editProject(context.portal.db, actor, id, parsed.value, context.from)
    } catch (error) {
      if (!isFault(error) || error.fault !== 'invalid') throw error
      return data({ values, message: error.message, fields: error.fields }, { status: 422 })
    }
    throw redirect(`/projects/${id}`)
  })

export default function EditProject() {
  const { id, values, minerals, delegations } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  return (
    <Page narrow>
      <PageHeader eyebrow="Project" title={String(values.title)} />
      <ProjectFields
        values={refused?.values ?? values}
        refused={refused}
        minerals={minerals}
        delegations={delegations}
        submit="Keep the changes"
        back={`/projects/${id}`}
      />
    </Page>
  )
}
