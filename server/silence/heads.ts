import { and, eq } from 'drizzle-orm'
import type { Queryable } from '../../db/connection'
import { member, user } from '../../db/schema/auth'
import { silenceEntitled } from '../../db/schema/decisions'

/** The heads of the delegations that may break a procedure. */
export const headsOf = (db: Queryable, procedureId: string) =>
  db
    .select({ email: user.email, name: user.name })
    .from(silenceEntitled)
    .innerJoin(member, eq(member.organizationId, silenceEntitled.delegationId))
    .innerJoin(user, eq(user.id, member.userId))
    .where(and(eq(silenceEntitled.procedureId, procedureId), eq(member.role, 'head')))
