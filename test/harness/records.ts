/** The real directory with people of three delegations and the secretariat, the engine and the document worker. */
import { eq } from 'drizzle-orm'
import { afterAll } from 'vitest'
import type { Actor, DelegationRole, InstitutionRole, SecretariatRole } from '../../app/domain/people'
import { type ProjectInput, projectForm } from '../../app/domain/project-form'
import type { Database } from '../../db/connection'
import type { ProjectFilter } from '../../db/queries/projects'
import { organization } from '../../db/schema'
import { ensureInstitutions } from '../../db/seed/institutions'
import { seedDirectory } from '../../db/seed/seed'
import { createChannels } from '../../server/channels/engine'
import { resolveAccess } from '../../server/documents/access'
import { createDocumentWorker } from '../../server/documents/worker-client'
import { createMetrics } from '../../server/metrics'
import { ORIGIN, startPeople } from './people'

export type Records = Awaited<ReturnType<typeof startRecords>>

const SLUGS = {
  ...{
    kenya: 'ke',
    japan: 'jp',
    congo: 'cd',
    korea: 'kr',
    canada: 'ca',
    france: 'fr',
    secretariat: 'secretariat',
  },
  ...{ exim: 'institution-exim', jbic: 'institution-jbic' },
} as const
type Place = keyof typeof SLUGS

export async function startRecords(db: Database) {
  await seedDirectory(db)
  const people = await startPeople(db)
  await ensureInstitutions(db)
  const { log, mail } = people
  const channels = createChannels({ db, log, metrics: createMetrics(), resolveAccess: resolveAccess(db) })
  const documents = createDocumentWorker({ log })
  afterAll(async () => {
    await channels.close()
    await documents.close()
  })
  const made = new Map<string, Actor>()

  /** Somebody of an organization, by role: the same person each time. */
  async function as(place: Place, role: DelegationRole | InstitutionRole | SecretariatRole): Promise<Actor> {
    const email = `${role}@${place}.test`
    const known = made.get(email)
    if (known) return known
    const userId = await people.person(SLUGS[place], role, email)
    const [home] = await db.select().from(organization).where(eq(organization.slug, SLUGS[place]))
    if (!home) throw new Error(`no organization ${place}`)
    const within = { id: home.id, name: home.name }
    const actor = {
      ...{ userId, name: email, email, sessionId: `no session of ${email}` },
      organization:
        home.kind !== 'delegation'
          ? { kind: home.kind, ...within, role }
          : { kind: 'delegation', ...within, partnerIso2: home.partnerIso2, role },
    } as Actor
    made.set(email, actor)
    return actor
  }

  const parts = { db, channels, mail, documents, log, origin: ORIGIN, objects: null }
  return { db, people, channels, documents, log, parts, as }
}

/** A project's form, filled in as far as it must be, and with what the test says. */
export const projectInput = (more: Partial<Record<string, string | string[]>> = {}): ProjectInput =>
  projectForm.parse({
    ...{ title: 'Mrima Hill', summary: '', marking: 'restricted', readers: [], minerals: ['cobalt'] },
    ...{ stages: ['extraction'], countryIso2: 'KE', place: '', lat: '', lon: '', product: '' },
    ...{
      capacityTonnes: '',
      capitalCost: '',
      currency: '',
      priceYear: '',
      firstProduction: '',
      operator: '',
    },
    ...more,
  })

export const projectFilter = (more: Partial<ProjectFilter> = {}): ProjectFilter => ({
  ...{ search: null, mineral: null, stage: null, partner: null, state: null, corroboration: null },
  ...{ sort: 'title', page: 1 },
  ...more,
})

export const NOT_FOUND = { fault: 'not_found', message: 'There is no such page, or it is not open to you.' }
