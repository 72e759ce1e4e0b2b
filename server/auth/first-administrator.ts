import { randomBytes } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import type { Logger } from 'pino'
import type { Database } from '../../db/connection'
import { member, organization, user } from '../../db/schema/auth'
import { recordAct } from '../audit/record'
import { newId } from '../ids'
import type { Mailer } from '../mail/mailer'
import { firstAdministratorMail } from '../mail/texts'
import type { Auth } from './auth'

/** Days that the first administrator's link holds. */
const DAYS = 7

/**
 * How the first person gets into a portal of one's own: as long as the secretariat has no administrator, `ADMIN_EMAIL`
 * becomes one, and a mail with a link to choose a password goes there. (Later, "forgot password" does the same.)
 * Nothing happens where there is an administrator. Throws when the address belongs to a delegation.
 */
export async function ensureFirstAdministrator({
  db,
  auth,
  mail,
  log,
  config,
}: {
  db: Database
  auth: Auth
  mail: Pick<Mailer, 'sendLater'>
  log: Logger
  config: { adminEmail: string | undefined; origin: string }
}): Promise<void> {
  const email = config.adminEmail?.trim().toLowerCase()
  const made = await db.transaction(async (tx) => {
    // Locked, so that of two nodes that start at once only one makes the account and sends the mail.
    const [secretariat] = await tx
      .select({ id: organization.id, name: organization.name })
      .from(organization)
      .where(eq(organization.kind, 'secretariat'))
      .for('update')
    if (!secretariat) throw new Error('there is no secretariat: the organizations come first')
    const [known] = await tx
      .select({ id: member.id })
      .from(member)
      .where(and(eq(member.organizationId, secretariat.id), eq(member.role, 'administrator')))
      .limit(1)
    if (known) return null
    if (!email) {
      log.warn('the portal has no administrator: start it with ADMIN_EMAIL set to the address of one')
      return null
    }
    await tx
      .insert(user)
      .values({ id: newId(), name: 'Administrator', email, emailVerified: true })
      .onConflictDoNothing({ target: user.email })
    const [holder] = await tx.select({ id: user.id }).from(user).where(eq(user.email, email))
    if (!holder) throw new Error('the account of ADMIN_EMAIL could not be made')
    const [elsewhere] = await tx.select({ id: member.id }).from(member).where(eq(member.userId, holder.id))
    if (elsewhere) throw new Error('ADMIN_EMAIL belongs to somebody of a delegation: give another address')
    const membership = { organizationId: secretariat.id, userId: holder.id, role: 'administrator' }
    await tx.insert(member).values({ id: newId(), ...membership })
    await recordAct(tx, {
      actor: null,
      act: 'member.add',
      objectKind: 'user',
      objectId: holder.id,
      after: membership,
    })
    return holder
  })
  if (!made || !email) return
  const { internalAdapter } = await auth.$context
  const token = randomBytes(24).toString('base64url')
  await internalAdapter.createVerificationValue({
    identifier: `reset-password:${token}`,
    value: made.id,
    expiresAt: new Date(Date.now() + DAYS * 24 * 3600 * 1000),
  })
  mail.sendLater(firstAdministratorMail(config.origin, email, token, DAYS))
  log.warn(
    { email },
    'the first administrator was made: a mail with a link to choose a password is on its way',
  )
}
