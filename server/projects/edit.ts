import { eq } from 'drizzle-orm'
import { forbidden, notFound } from '../../app/domain/fault'
import { isId } from '../../app/domain/id'
import type { Actor } from '../../app/domain/people'
import type { ProjectInput } from '../../app/domain/project-form'
import { can } from '../../app/domain/rights'
import type { Database } from '../../db/connection'
import { scopedProject } from '../../db/queries/project-scope'
import { projects } from '../../db/schema/projects'
import { recordAct } from '../audit/record'
import { columnsOf, setLists } from './lists'

/** Changes a project of the actor's delegation. Throws `notFound`, `forbidden`, `invalid`. */
export async function editProject(
  db: Database,
  actor: Actor,
  id: string,
  input: ProjectInput,
  from: string | null,
): Promise<void> {
  if (!isId(id)) throw notFound()
  await db.transaction(async (tx) => {
    await tx.select({ id: projects.id }).from(projects).where(eq(projects.id, id)).for('update')
    const found = await scopedProject(tx, id)
    if (!found || !can(actor, 'see', found.scope)) throw notFound()
    if (!can(actor, 'edit', found.scope)) {
      throw forbidden('Only a head or delegate of the delegation that entered the project can change it.')
    }
    await tx.update(projects).set(columnsOf(input)).where(eq(projects.id, id))
    await setLists(tx, id, found.project.ownerDelegationId, input)
    await recordAct(tx, {
      actor,
      from,
      act: 'project.edit',
      objectKind: 'project',
      objectId: id,
      before: { ...formOf(found.project, input), minerals: found.minerals, readers: found.namedReaders },
      after: input,
    })
  })
}

/** The project's own columns that the form has, as they were. */
const formOf = (project: typeof projects.$inferSelect, input: ProjectInput) =>
  Object.fromEntries(
    Object.entries(project).filter(([name]) => name in input && name !== 'minerals' && name !== 'readers'),
  )
