import { type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { DelegationDesk } from '~/components/desk/delegation-desk'
import { SecretariatDesk } from '~/components/desk/secretariat-desk'
import { actsWaiting, deskOf } from '~/desk.server'
import { waitingFor } from '~/domain/desk'
import { institutionOf, secretariatRole } from '~/domain/people'
import { pipelineWish } from '~/domain/pipeline'
import { can } from '~/domain/rights'
import { respond } from '~/faults.server'
import { pipelineSums } from '~/pipeline.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction = () => [{ title: 'Desk · FORGE' }]

const EVERYTHING = pipelineWish(new URLSearchParams())

export const loader = ({ request, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    // An institution's desk is what it was asked.
    if (institutionOf(actor)) throw redirect('/financing')
    const [desk, acts] = await Promise.all([
      deskOf(context.portal.db, actor),
      actsWaiting(context.portal.db, actor),
    ])
    if (desk.kind === 'secretariat') {
      const steers = secretariatRole(actor) === 'coordinator'
      return {
        ...desk,
        acts,
        portfolio: steers ? await pipelineSums(context.portal.db, actor, EVERYTHING) : null,
      }
    }
    const scope = { kind: 'delegation', id: desk.delegation.id } as const
    return {
      ...desk,
      acts,
      waiting: waitingFor(desk.proposals),
      mayCreateProject: can(actor, 'create_project', scope),
      mayImport: can(actor, 'import_document', scope),
      today: new Date().toISOString().slice(0, 10),
    }
  })

export default function Desk() {
  const desk = useLoaderData<typeof loader>()
  return desk.kind === 'secretariat' ? <SecretariatDesk {...desk} /> : <DelegationDesk {...desk} />
}
