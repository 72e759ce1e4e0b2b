/** Organizations for every partner and the secretariat; accounts to try, for a portal with its own database. */
import { randomBytes, randomUUID } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { DelegationRole, SecretariatRole } from '../../app/domain/people'
import type { Database } from '../connection'
import { account, member, organization, user } from '../schema/auth'
import { partners } from '../schema/partners'

const SECRETARIAT = 'Secretariat'

/** A delegation for every partner of the directory, and the secretariat. Those that exist stay as they are. */
export async function ensureOrganizations(db: Database): Promise<void> {
  const rows = await db.select({ iso2: partners.iso2, name: partners.name }).from(partners)
  const delegations = rows.map(({ iso2, name }) => ({
    id: randomUUID(),
    name,
    slug: iso2.toLowerCase(),
    kind: 'delegation' as const,
    partnerIso2: iso2,
  }))
  const secretariat = {
    id: randomUUID(),
    name: SECRETARIAT,
    slug: 'secretariat',
    kind: 'secretariat' as const,
  }
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

type Person = { email: string; name: string; role: DelegationRole | SecretariatRole; slug: string }

/** Three delegations, so that two can write together and a third can be kept out. */
const PEOPLE: readonly Person[] = [
  { email: 'head.kenya@portal.example', name: 'Wanjiru Mwangi', role: 'head', slug: 'ke' },
  { email: 'delegate.kenya@portal.example', name: 'Daniel Otieno', role: 'delegate', slug: 'ke' },
  { email: 'head.japan@portal.example', name: 'Keiko Tanabe', role: 'head', slug: 'jp' },
  { email: 'delegate.japan@portal.example', name: 'Hiroshi Onda', role: 'delegate', slug: 'jp' },
  { email: 'adviser.japan@portal.example', name: 'Naoko Ishii', role: 'adviser', slug: 'jp' },
  { email: 'reader.japan@portal.example', name: 'Ken Morita', role: 'reader', slug: 'jp' },
  { email: 'head.congo@portal.example', name: 'Aimée Kabongo', role: 'head', slug: 'cd' },
  { email: 'delegate.congo@portal.example', name: 'Patrick Ilunga', role: 'delegate', slug: 'cd' },
  { email: 'coordinator@portal.example', name: 'Grace Whitfield', role: 'coordinator', slug: 'secretariat' },
  { email: 'administrator@portal.example', name: 'Samuel Ortiz', role: 'administrator', slug: 'secretariat' },
]

/**
 * Makes the accounts to try, once for a data folder, with passwords of its own, kept in `<folder>/accounts.json`
 * (readable by its owner only). `hash` is better-auth's. Out: the accounts with their passwords.
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
  const kept = await readFile(file, 'utf8').catch(() => null)
  if (kept) return z.array(seededAccount).parse(JSON.parse(kept))
  const organizations = await db.select().from(organization)
  const made: SeededAccount[] = []
  await db.transaction(async (tx) => {
    for (const { email, name, role, slug } of PEOPLE) {
      const home = organizations.find((one) => one.slug === slug)
      if (!home) throw new Error(`the directory has no organization ${slug} for the account ${email}`)
      const password = randomBytes(12).toString('base64url')
      const id = randomUUID()
      await tx.insert(user).values({ id, name, email, emailVerified: true })
      await tx.insert(account).values({
        id: randomUUID(),
        accountId: id,
        providerId: 'credential',
        userId: id,
        password: await hash(password),
      })
      await tx.insert(member).values({ id: randomUUID(), organizationId: home.id, userId: id, role })
      made.push({ email, password, name, role, organization: home.name })
    }
    // Inside the transaction: accounts whose passwords were not written down could never be used.
    await writeFile(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 })
  })
  return made
}
