/** Organizations for every partner and the secretariat; accounts to try, for a portal with its own database. */
import { randomBytes } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { and, eq } from 'drizzle-orm'
import { v7 as newId } from 'uuid'
import { z } from 'zod'
import type { DelegationRole, InstitutionRole, SecretariatRole } from '../../app/domain/people'
import type { Database, Transaction } from '../connection'
import { account, member, organization, user } from '../schema/auth'
import { partners } from '../schema/partners'

/** A delegation for every partner of the directory, and the secretariat. Those that exist stay as they are. */
export async function ensureOrganizations(db: Database): Promise<void> {
  const rows = await db.select({ iso2: partners.iso2, name: partners.name }).from(partners)
  const delegations = rows.map(({ iso2, name }) => ({
    id: newId(),
    name,
    slug: iso2.toLowerCase(),
    kind: 'delegation' as const,
    partnerIso2: iso2,
  }))
  const secretariat = { id: newId(), name: 'Secretariat', slug: 'secretariat', kind: 'secretariat' as const }
  await db
    .insert(organization)
    .values([secretariat, ...delegations])
    .onConflictDoNothing()
}

const seededAccount = z.object({
  email: z.string(),
  password: z.string(),
  name: z.string(),
  role: z.string(),
  organization: z.string(),
})
export type SeededAccount = z.infer<typeof seededAccount>

type Person = {
  email: string
  name: string
  role: DelegationRole | InstitutionRole | SecretariatRole
  slug: string
}

/** Delegations so that two can write together, a third can be kept out, and others review and decide. */
const PEOPLE: readonly Person[] = [
  { email: 'head.kenya@portal.example', name: 'Wanjiru Mwangi', role: 'head', slug: 'ke' },
  { email: 'delegate.kenya@portal.example', name: 'Daniel Otieno', role: 'delegate', slug: 'ke' },
  { email: 'head.japan@portal.example', name: 'Keiko Tanabe', role: 'head', slug: 'jp' },
  { email: 'delegate.japan@portal.example', name: 'Hiroshi Onda', role: 'delegate', slug: 'jp' },
  { email: 'adviser.japan@portal.example', name: 'Naoko Ishii', role: 'adviser', slug: 'jp' },
  { email: 'reader.japan@portal.example', name: 'Ken Morita', role: 'reader', slug: 'jp' },
  { email: 'head.congo@portal.example', name: 'Aimée Kabongo', role: 'head', slug: 'cd' },
  { email: 'delegate.congo@portal.example', name: 'Patrick Ilunga', role: 'delegate', slug: 'cd' },
  { email: 'adviser.congo@portal.example', name: 'Mireille Tshala', role: 'adviser', slug: 'cd' },
  { email: 'head.korea@portal.example', name: 'Seo-yeon Han', role: 'head', slug: 'kr' },
  { email: 'delegate.korea@portal.example', name: 'Min-jun Baek', role: 'delegate', slug: 'kr' },
  { email: 'head.unitedstates@portal.example', name: 'Rachel Donovan', role: 'head', slug: 'us' },
  { email: 'delegate.unitedstates@portal.example', name: 'Marcus Bell', role: 'delegate', slug: 'us' },
  { email: 'delegate.canada@portal.example', name: 'Élise Gagnon', role: 'delegate', slug: 'ca' },
  { email: 'head.exim@portal.example', name: 'Thomas Ellery', role: 'head', slug: 'institution-exim' },
  { email: 'officer.exim@portal.example', name: 'Priya Raman', role: 'officer', slug: 'institution-exim' },
  { email: 'head.jbic@portal.example', name: 'Yuki Sakamoto', role: 'head', slug: 'institution-jbic' },
  { email: 'officer.jbic@portal.example', name: 'Akira Mori', role: 'officer', slug: 'institution-jbic' },
  { email: 'coordinator@portal.example', name: 'Grace Whitfield', role: 'coordinator', slug: 'secretariat' },
  {
    email: 'second.coordinator@portal.example',
    name: 'Tomás Aguirre',
    role: 'coordinator',
    slug: 'secretariat',
  },
  { email: 'secretary@portal.example', name: 'Leila Haddad', role: 'secretary', slug: 'secretariat' },
  { email: 'administrator@portal.example', name: 'Samuel Ortiz', role: 'administrator', slug: 'secretariat' },
]

/**
 * Makes the accounts to try, with passwords of this data folder's own, kept in `<folder>/accounts.json` (readable by its
 * owner only). What is there already stays, as people may have changed it; an account whose password is not in the file
 * (the file was deleted, or made for another database) gets a new one. `hash` is better-auth's.
 * Out: the accounts with the passwords they were made with.
 */
export async function seedAccounts({
  db,
  hash,
  folder,
}: {
  db: Database
  hash: (password: string) => Promise<string>
  folder: string
}): Promise<SeededAccount[]> {
  const file = path.join(folder, 'accounts.json')
  const kept = await keptAccounts(file)
  return db.transaction(async (tx) => {
    const accounts: SeededAccount[] = []
    let changed = false
    for (const person of PEOPLE) {
      const [home] = await tx.select().from(organization).where(eq(organization.slug, person.slug))
      if (!home)
        throw new Error(`the directory has no organization ${person.slug} for the account ${person.email}`)
      const before = kept.find(({ email }) => email === person.email)
      const [there] = await tx.select({ id: user.id }).from(user).where(eq(user.email, person.email))
      if (before && there) accounts.push(before)
      else {
        const password = randomBytes(12).toString('base64url')
        await makeAccount(tx, person, home.id, there?.id ?? null, await hash(password))
        const { email, name, role } = person
        accounts.push({ email, password, name, role, organization: home.name })
        changed = true
      }
    }
    // Inside the transaction: accounts whose passwords were not written down could never be used.
    if (changed) await replaceFile(file, `${JSON.stringify(accounts, null, 2)}\n`)
    return accounts
  })
}

async function makeAccount(
  tx: Transaction,
  { email, name, role }: Person,
  organizationId: string,
  userId: string | null,
  password: string,
) {
  if (userId) {
    await tx
      .update(account)
      .set({ password, updatedAt: new Date() })
      .where(and(eq(account.userId, userId), eq(account.providerId, 'credential')))
    return
  }
  const id = newId()
  await tx.insert(user).values({ id, name, email, emailVerified: true })
  await tx
    .insert(account)
    .values({ id: newId(), accountId: id, providerId: 'credential', userId: id, password })
  await tx.insert(member).values({ id: newId(), organizationId, userId: id, role })
}

async function keptAccounts(file: string): Promise<SeededAccount[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '[]'
    throw error
  })
  return z.array(seededAccount).parse(JSON.parse(text))
}

/** Whole or not at all, and never readable by others. */
async function replaceFile(file: string, text: string) {
  const beside = `${file}.new`
  await writeFile(beside, text, { mode: 0o600 })
  await rename(beside, file)
}
