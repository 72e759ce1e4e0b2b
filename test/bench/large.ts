/**
 * A portal as large as it may become, made by the product's own code paths: projects are entered, proposals started,
 * written through the engine, projected and submitted, money asked for and moved, each by a person of its organization.
 */
import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { Logger } from 'pino'
import * as Y from 'yjs'
import type { Actor, DelegationRole, SecretariatRole } from '../../app/domain/people'
import type { PortalKind } from '../../app/domain/portal-link'
import { projectForm } from '../../app/domain/project-form'
import { STAGES } from '../../app/domain/project-stage'
import { FIELDS_MAP, PROPOSAL_SECTIONS } from '../../app/domain/proposal-template'
import type { Database } from '../../db/connection'
import {
  member,
  minerals,
  obligations,
  organization,
  partners,
  projects,
  proposals,
  user,
} from '../../db/schema'
import type { Channels } from '../../server/channels/types'
import type { DocumentWorker } from '../../server/documents/worker-client'
import { newId } from '../../server/ids'
import type { Mailer } from '../../server/mail/mailer'
import { projectDocument } from '../../server/projection/project-document'
import { createProject } from '../../server/projects/create'
import { moveProposal } from '../../server/proposals/move'
import { startProposal } from '../../server/proposals/start'
import { seedLargeMoney } from './large-money'

export type Sizes = { projects: number; proposals: number; people: number; requests: number }
type Parts = {
  db: Database
  channels: Channels
  documents: DocumentWorker
  mail: Mailer
  origin: string
  log: Logger
}

/** One in so many proposals is submitted; one in so many of those is taken up. */
const SUBMITTED = 3
const TAKEN_UP = 2
const ROLES: readonly DelegationRole[] = ['head', 'delegate', 'delegate', 'adviser', 'reader']

/** The same numbers in every run: mulberry32. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Fills the directory's portal up to `sizes`. Out: a head, a coordinator and an institution's head, for whoever measures. */
export async function seedLarge(
  parts: Parts,
  sizes: Sizes,
  say: (line: string) => void,
): Promise<{ head: Actor; coordinator: Actor; banker: Actor }> {
  const { db } = parts
  const random = numbers(2026)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const homes = await db.select().from(organization).where(eq(organization.kind, 'delegation'))
  const people: Actor[] = []
  for (let nth = 0; nth < sizes.people; nth++) {
    const home = homes[nth % homes.length]
    if (!home?.partnerIso2) continue
    const role = ROLES[Math.floor(nth / homes.length) % ROLES.length] ?? 'reader'
    people.push(await person(db, `${role}.${nth}@large.example`, `${home.name} ${role} ${nth}`, home, role))
  }
  const [secretariat] = await db.select().from(organization).where(eq(organization.kind, 'secretariat'))
  if (!secretariat) throw new Error('the directory has no secretariat')
  const coordinator = await person(db, 'coordinator@large.example', 'Coordinator', secretariat, 'coordinator')
  const heads = people.filter(({ organization: of }) => of.role === 'head')
  say(`${people.length} people`)

  const ores = (await db.select({ id: minerals.id }).from(minerals)).map(({ id }) => id)
  const countries = (await db.select({ iso2: partners.iso2, name: partners.name }).from(partners)).filter(
    ({ iso2 }) => iso2 !== 'EU',
  )
  const sentences = (await db.select({ text: obligations.text }).from(obligations)).map(({ text }) => text)
  const open: { id: string; head: Actor }[] = []
  for (let nth = await db.$count(projects); nth < sizes.projects; nth++) {
    const head = pick(heads)
    const country = pick(countries)
    const input = projectForm.parse({
      title: `${country.name} ${pick(ores).replaceAll('_', ' ')} ${pick(STAGES)} ${nth}`,
      summary: `${pick(sentences)} ${pick(sentences)}`.slice(0, 900),
      marking: pick(['public', 'forge', 'forge', 'restricted']),
      ...{ readers: [], minerals: [pick(ores)], stages: [pick(STAGES)], countryIso2: country.iso2 },
      ...{
        place: `Site ${nth}`,
        lat: String(Math.round(random() * 100 - 50)),
        lon: String(Math.round(random() * 300 - 150)),
      },
      ...{
        product: '',
        capacityTonnes: String(Math.floor(random() * 90_000)),
        capitalCost: '',
        currency: '',
      },
      ...{ priceYear: '', firstProduction: '', operator: '' },
    })
    open.push({ id: await createProject(db, head, input, null), head })
    if (nth % 500 === 499) say(`${nth + 1} projects`)
  }

  for (let nth = await db.$count(proposals); nth < sizes.proposals; nth++) {
    const project = open[nth]
    if (!project) break
    const { head } = project
    const id = await startProposal(db, head, project.id, null)
    const [row] = await db
      .select({ channel: proposals.documentId })
      .from(proposals)
      .where(eq(proposals.id, id))
    const channel = row?.channel ?? ''
    const doc = new Y.Doc()
    doc.transact(() => {
      for (const { fragment } of PROPOSAL_SECTIONS) {
        const written = Array.from({ length: 4 }, () => {
          const paragraph = new Y.XmlElement('paragraph')
          paragraph.insert(0, [new Y.XmlText(`${pick(sentences)} ${pick(sentences)}`)])
          return paragraph
        })
        doc.getXmlFragment(fragment).push(written)
      }
      const [summary] = doc.getXmlFragment(PROPOSAL_SECTIONS[0].fragment).toArray()
      if (summary instanceof Y.XmlElement)
        summary.push(
          linksOf(nth, {
            project: open[nth % MENTIONED]?.id ?? project.id,
            partner: pick(countries).iso2,
            mineral: pick(ores),
          }),
        )
      const fields = doc.getMap(FIELDS_MAP)
      const values = {
        minerals: [pick(ores)],
        stages: [pick(STAGES)],
        capacity: '900',
        capitalCost: '1000000',
      }
      for (const [name, value] of Object.entries({
        ...values,
        currency: 'USD',
        country: 'KE',
        place: `Site ${nth}`,
      }))
        fields.set(name, value)
    })
    const author = { userId: head.userId, organizationId: head.organization.id }
    await parts.channels.append(author, channel, Y.encodeStateAsUpdate(doc))
    await projectDocument(parts, channel)
    if (nth % SUBMITTED === 0) {
      const move = { reason: '', group: '' }
      await moveProposal(parts, head, id, { ...move, move: 'submit', key: randomUUID(), seen: 'draft' }, null)
      if (nth % (SUBMITTED * TAKEN_UP) === 0)
        await moveProposal(
          parts,
          coordinator,
          id,
          { ...move, move: 'take_up', key: randomUUID(), seen: 'submitted' },
          null,
        )
    }
    if (nth % 200 === 199) say(`${nth + 1} proposals`)
  }
  const [head] = heads
  if (!head) throw new Error('nobody leads a delegation')
  const { banker } = await seedLargeMoney(parts, sizes.requests, {
    ...{ random, heads, say },
    person: (email, home, role) => person(db, email, home.name, home, role),
  })
  return { head, coordinator, banker }
}

/** What many texts link to: as many projects, a mineral in every second text and a decision in every fourth. */
const MENTIONED = 10
const MENTIONED_MINERAL = 'cobalt'
const MENTIONED_DECISION = 'FORGE-PG-2026-001'

function linksOf(
  nth: number,
  { project, partner, mineral }: { project: string; partner: string; mineral: string },
): Y.XmlElement[] {
  const links: [kind: PortalKind, id: string][] = [
    ['project', project],
    ['partner', partner],
    ['mineral', nth % 2 === 0 ? MENTIONED_MINERAL : mineral],
  ]
  if (nth % 4 === 0) links.push(['decision', MENTIONED_DECISION])
  return links.map(([kind, id]) => {
    const link = new Y.XmlElement('portalLink')
    link.setAttribute('kind', kind)
    link.setAttribute('id', id)
    return link
  })
}

type Home = typeof organization.$inferSelect

/** An account without a password: nobody signs in with it before it is set by a mail. */
async function person(
  db: Database,
  email: string,
  name: string,
  home: Home,
  role: DelegationRole | SecretariatRole,
): Promise<Actor> {
  const [there] = await db.select({ id: user.id }).from(user).where(eq(user.email, email))
  const id = there?.id ?? newId()
  if (!there) {
    await db.transaction(async (tx) => {
      await tx.insert(user).values({ id, name, email, emailVerified: true })
      await tx.insert(member).values({ id: newId(), organizationId: home.id, userId: id, role })
    })
  }
  const within = { id: home.id, name: home.name, role }
  return {
    ...{ userId: id, name, email, sessionId: `no session of ${email}` },
    organization:
      home.kind !== 'delegation'
        ? { kind: home.kind, ...within }
        : { kind: 'delegation', ...within, partnerIso2: home.partnerIso2 },
  } as Actor
}
