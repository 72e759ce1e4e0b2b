import { beforeAll, describe, expect, test } from 'vitest'
import type { Actor, SecretariatRole } from '../../app/domain/people'
import type { Database } from '../../db/connection'
import { deskOf } from '../../db/queries/desk'
import {
  channelClients,
  channels,
  documentGrants,
  documents,
  member,
  organization,
  partners,
  projects,
  proposals,
  user,
} from '../../db/schema'
import { testDatabase } from '../harness/database'

let db: Database
const PARTNERS = [
  ['AU', 'Australia'],
  ['JP', 'Japan'],
  ['KZ', 'Kazakhstan'],
] as const

const person = { userId: 'u-JP', name: 'Head', email: 'head@example.org', sessionId: 's' }
const delegate = (iso2: string): Actor => ({
  ...person,
  organization: { kind: 'delegation', id: `d-${iso2}`, name: iso2, partnerIso2: iso2, role: 'head' },
})
const secretariat = (role: SecretariatRole): Actor => ({
  ...person,
  organization: { kind: 'secretariat', id: 'sec', name: 'Secretariat', role },
})

beforeAll(async () => {
  ;({ db } = await testDatabase())
  for (const [iso2, name] of PARTNERS) {
    await db.insert(partners).values({ iso2, name, type: 'country', attendedMinisterial: true })
    await db.insert(organization).values({ id: `d-${iso2}`, name, slug: iso2, partnerIso2: iso2 })
    await db.insert(user).values({ id: `u-${iso2}`, name: `Head of ${name}`, email: `${iso2}@example.org` })
    await db
      .insert(member)
      .values({ id: `m-${iso2}`, organizationId: `d-${iso2}`, userId: `u-${iso2}`, role: 'head' })
  }
  const project = { summary: '', state: 'idea' as const }
  await db.insert(projects).values([
    { ...project, id: 'own', title: 'Own', marking: 'restricted', ownerDelegationId: 'd-JP' },
    { ...project, id: 'open', title: 'Open', marking: 'public', leadPartnerIso2: 'JP' },
    // Another delegation's secret that names Japan as its lead partner: still not Japan's to see.
    {
      ...project,
      id: 'secret',
      title: 'Secret',
      marking: 'restricted',
      ownerDelegationId: 'd-KZ',
      leadPartnerIso2: 'JP',
    },
  ])
  for (const [id, lead, state] of [
    ['draft', 'd-JP', 'draft'],
    ['sent', 'd-KZ', 'submitted'],
  ] as const) {
    await db.insert(channels).values({ id: `c-${id}`, kind: 'document' })
    await db.insert(documents).values({
      id: `doc-${id}`,
      channelId: `c-${id}`,
      kind: 'proposal',
      title: id,
      marking: 'restricted',
      ownerDelegationId: lead,
      createdBy: 'u-JP',
    })
    await db.insert(proposals).values({
      id,
      projectId: 'own',
      documentId: `doc-${id}`,
      title: id,
      state,
      leadDelegationId: lead,
      createdBy: 'u-JP',
    })
  }
  await db
    .insert(documentGrants)
    .values({ documentId: 'doc-draft', delegationId: 'd-KZ', level: 'write', grantedBy: 'u-JP' })
})

async function delegationDesk(iso2: string) {
  const desk = await deskOf(db, delegate(iso2))
  if (desk.kind !== 'delegation') throw new Error('not a delegation’s desk')
  return desk
}

describe('a delegation’s desk', () => {
  test('holds its own projects and the open ones that name it, and nobody’s secrets', async () => {
    expect((await delegationDesk('JP')).projects.map((one) => one.id)).toEqual(['own', 'open'])
    expect((await delegationDesk('KZ')).projects.map((one) => one.id)).toEqual(['secret'])
  })

  test('the lead sees whom it invited, the invited its own share', async () => {
    const [ofLead] = (await delegationDesk('JP')).proposals
    expect(ofLead).toMatchObject({ id: 'draft', level: 'own', invited: [{ iso2: 'KZ', level: 'write' }] })
    const invited = (await delegationDesk('KZ')).proposals.find((one) => one.id === 'draft')
    expect(invited).toMatchObject({ level: 'write', lead: { iso2: 'JP' }, writtenByUs: false })
  })

  test('a third delegation has an empty desk', async () => {
    const desk = await delegationDesk('AU')
    expect([desk.projects, desk.proposals, desk.due]).toEqual([[], [], []])
  })

  test('knows when somebody of the delegation has written', async () => {
    await db
      .insert(channelClients)
      .values({ channelId: 'c-draft', clientId: 7, userId: 'u-KZ', organizationId: 'd-KZ', firstSeq: 1 })
    const written = (await delegationDesk('KZ')).proposals.find((one) => one.id === 'draft')
    expect(written?.writtenByUs).toBe(true)
  })
})

describe('the secretariat’s desk', () => {
  test('a coordinator sees what was submitted, never a draft', async () => {
    const desk = await deskOf(db, secretariat('coordinator'))
    expect(desk.kind === 'secretariat' && desk.submitted.map((one) => one.id)).toEqual(['sent'])
  })

  test('an administrator sees no proposal, but how many people each delegation has', async () => {
    const desk = await deskOf(db, secretariat('administrator'))
    expect(desk).toMatchObject({
      submitted: [],
      delegations: [
        { iso2: 'AU', people: 1, heads: 1, openInvitations: 0 },
        { iso2: 'JP', people: 1 },
        { iso2: 'KZ', people: 1 },
      ],
    })
  })
})
