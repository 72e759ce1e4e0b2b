import { and, eq, gt } from 'drizzle-orm'
import { z } from 'zod'
import { forbidden, invalid } from '../../app/domain/fault'
import { type Actor, delegationOf } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import type { Database, Queryable } from '../../db/connection'
import { sessionFor } from '../../db/queries/sessions'
import { member, user } from '../../db/schema/auth'
import { credentials } from '../../db/schema/sessions'
import { recordAct } from '../audit/record'
import type { Channels } from '../channels/types'
import { newId } from '../ids'

export const credentialForm = z.object({
  userId: z.string().min(1, 'Choose somebody of your delegation.').max(64),
  /** Empty: the credential ends today. */
  to: z.union([z.iso.date('Give the day until which it holds.'), z.literal('')]),
  letter: z.string().trim().max(200, 'At most 200 characters.').default(''),
})
export type CredentialInput = z.output<typeof credentialForm>

const today = () => new Date().toISOString().slice(0, 10)

/** People of the actor's delegation, with those whose credential lets them vote for it today. For its head. */
export async function alternatesOf(db: Queryable, actor: Actor) {
  const delegation = delegationOf(actor)
  if (delegation?.role !== 'head') return null
  const people = await db
    .select({ id: user.id, name: user.name, role: member.role })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(eq(member.organizationId, delegation.id))
    .orderBy(user.name)
  const held = await db
    .select({ userId: credentials.userId, to: credentials.to, letter: credentials.letter })
    .from(credentials)
    .where(
      and(
        eq(credentials.delegationId, delegation.id),
        eq(credentials.scope, 'vote'),
        gt(credentials.to, today()),
      ),
    )
  return {
    people: people.filter(({ role }) => role !== 'head').map(({ id, name }) => ({ id, name })),
    held: held.map((one) => ({ ...one, name: people.find(({ id }) => id === one.userId)?.name ?? '' })),
  }
}

/**
 * The head of a delegation names somebody of it who votes in its place, until a day, or ends that (`to` empty). A letter
 * stands for each: its reference and date. Throws `notFound`, `forbidden`, `invalid`.
 */
export async function setAlternate(
  { db, channels }: { db: Database; channels: Pick<Channels, 'recheckChannel'> },
  actor: Actor,
  sessionId: string,
  { userId, to, letter }: CredentialInput,
  from: string | null,
): Promise<void> {
  const { scope } = await sessionFor(db, actor, sessionId)
  const delegation = delegationOf(actor)
  if (delegation?.role !== 'head' || !can(actor, 'vote', scope))
    throw forbidden('The head of a member’s delegation names its alternate.')
  await db.transaction(async (tx) => {
    const [person] = await tx
      .select({ name: user.name })
      .from(member)
      .innerJoin(user, eq(user.id, member.userId))
      .where(and(eq(member.userId, userId), eq(member.organizationId, delegation.id)))
    if (!person) throw invalid('Not named.', { userId: ['Choose somebody of your delegation.'] })
    if (to && to <= today()) throw invalid('Not named.', { to: ['Give a day to come.'] })
    if (to && letter.length < 3)
      throw invalid('Not named.', { letter: ['Give the letter’s reference and date.'] })
    const held = and(
      eq(credentials.delegationId, delegation.id),
      eq(credentials.userId, userId),
      eq(credentials.scope, 'vote'),
      gt(credentials.to, today()),
    )
    const ended = await tx
      .update(credentials)
      .set({ to: today() })
      .where(held)
      .returning({ id: credentials.id })
    if (to)
      await tx
        .insert(credentials)
        .values({
          ...{ id: newId(), delegationId: delegation.id, userId, scope: 'vote', from: today(), to, letter },
          givenBy: actor.userId,
        })
        .onConflictDoUpdate({
          target: [credentials.delegationId, credentials.userId, credentials.scope, credentials.from],
          set: { to, letter, givenBy: actor.userId },
        })
    await recordAct(tx, {
      ...{ actor, from, act: 'credential.vote', objectKind: 'delegation', objectId: delegation.id },
      before: { alternate: ended.length > 0 ? person.name : null },
      after: { alternate: to ? person.name : null, to: to || today(), letter },
    })
  })
  await channels.recheckChannel(sessionId)
}
