import { and, count, eq } from 'drizzle-orm'
import { INVITATION_DAYS } from '../../app/domain/account'
import { conflict, invalid } from '../../app/domain/fault'
import { type Actor, secretariatRole } from '../../app/domain/people'
import { ROLE_LABEL } from '../../app/domain/role-words'
import type { Database, Transaction } from '../../db/connection'
import { invitation, member, organization, user } from '../../db/schema/auth'
import { recordAct } from '../audit/record'
import { attempt } from '../auth/attempts'
import type { Auth } from '../auth/auth'
import { newId } from '../ids'
import type { Mailer } from '../mail/mailer'
import { invitationMail } from '../mail/texts'
import { invitationLinks } from './invitation-link'
import { mustManage, type OrganizationKind, organizationFor, type Role, rolesIn, stillOpen } from './people'

const DAY = 24 * 3600 * 1000
/** Open invitations of one organization. */
const MOST_OPEN = 50
/** One person's invitations: the portal is no machine for sending mail to strangers. */
const RATE = { max: 40, window: 3600 }

const PLACE: Record<OrganizationKind, (name: string) => string> = {
  delegation: (name) => `the delegation of ${name}`,
  institution: (name) => name,
  secretariat: () => 'the secretariat',
}

type Invited = { email: string; role: Role }

/**
 * Invites somebody by e-mail; one who is invited already gets a new link, and the one before ends. Out: whether the mail
 * left. Throws `notFound`, `forbidden`, `invalid` (role), `conflict` (is here already, or too many).
 */
export async function invite(
  { db, auth, mail, origin }: { db: Database; auth: Auth; mail: Pick<Mailer, 'send'>; origin: string },
  actor: Actor,
  organizationId: string,
  { email, role }: Invited,
  from: string | null,
): Promise<{ id: string; mailed: boolean }> {
  const found = await organizationFor(db, actor, organizationId)
  mustManage(actor, organizationId)
  if (!rolesIn(found.kind).includes(role))
    throw invalid('That role is not one of this organization.', { role: ['Choose a role of the list.'] })
  if (!(await attempt(db, `invite ${actor.userId}`, RATE)).allowed)
    throw conflict(`At most ${RATE.max} invitations in an hour. Go on a little later.`)
  const id = newId()
  await db.transaction(async (tx) => {
    await tx
      .select({ id: organization.id })
      .from(organization)
      .where(eq(organization.id, organizationId))
      .for('update')
    await mustBeNew(tx, actor, organizationId, email)
    const replaced = await tx
      .update(invitation)
      .set({ status: 'canceled' })
      .where(
        and(
          eq(invitation.organizationId, organizationId),
          eq(invitation.email, email),
          eq(invitation.status, 'pending'),
        ),
      )
      .returning({ id: invitation.id, role: invitation.role })
    await tx.insert(invitation).values({
      id,
      organizationId,
      email,
      role,
      inviterId: actor.userId,
      expiresAt: new Date(Date.now() + INVITATION_DAYS * DAY),
    })
    await recordAct(tx, {
      actor,
      from,
      act: 'invitation.send',
      objectKind: 'invitation',
      objectId: id,
      before: replaced.length > 0 ? { replaced } : null,
      after: { organizationId, email, role },
    })
  })
  const { linkOf } = await invitationLinks(auth, origin)
  const { label, may } = ROLE_LABEL[role]
  const letter = invitationMail({
    email,
    inviter: actor.name,
    inviterOf: actor.organization.name,
    to: PLACE[found.kind](found.name),
    role: `${label}: ${may}`,
    link: linkOf(id),
  })
  // The invitation stands whatever becomes of the mail: it can be sent again.
  const mailed = await mail.send(letter).then(
    () => true,
    () => false,
  )
  return { id, mailed }
}

/**
 * Refuses an address that is of the organization already. That it belongs to another delegation is told to
 * administrators only: for a head, who is where in other delegations is not theirs to find out.
 */
async function mustBeNew(tx: Transaction, actor: Actor, organizationId: string, email: string) {
  const [taken] = await tx
    .select({ id: organization.id, name: organization.name })
    .from(user)
    .innerJoin(member, eq(member.userId, user.id))
    .innerJoin(organization, eq(organization.id, member.organizationId))
    .where(eq(user.email, email))
  if (taken?.id === organizationId) throw conflict('That person is here already.')
  if (taken && secretariatRole(actor) === 'administrator')
    throw conflict(`That person belongs to ${taken.name}; one person belongs to one organization.`)
  const [row] = await tx
    .select({ open: count() })
    .from(invitation)
    .where(and(eq(invitation.organizationId, organizationId), stillOpen()))
  if ((row?.open ?? 0) >= MOST_OPEN)
    throw conflict(`At most ${MOST_OPEN} invitations can be open. Cancel some first.`)
}
