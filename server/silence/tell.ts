import { eq } from 'drizzle-orm'
import type { NoticeData } from '../../app/domain/notices'
import type { Transaction } from '../../db/connection'
import { silenceEntitled, silenceProcedures } from '../../db/schema/decisions'
import { notify } from '../notices/notify'
import { peopleOfDelegations, secretariatPeople } from '../notices/recipients'

/** Tells the heads of the delegations that may break a procedure, and the coordinators, in the act's transaction. */
export async function tellOfSilence(
  tx: Transaction,
  id: string,
  what: 'opened' | 'broken' | 'cancelled' | 'adopted',
  { data, by }: { data: NoticeData; by: string | null },
): Promise<void> {
  const [procedure] = await tx
    .select({ title: silenceProcedures.title })
    .from(silenceProcedures)
    .where(eq(silenceProcedures.id, id))
  const entitled = await tx
    .select({ id: silenceEntitled.delegationId })
    .from(silenceEntitled)
    .where(eq(silenceEntitled.procedureId, id))
  const heads = await peopleOfDelegations(
    tx,
    entitled.map((one) => one.id),
  )
  // Who opened it need not be told that it is open; how it ends concerns the secretariat too.
  const coordinators = what === 'opened' ? [] : await secretariatPeople(tx)
  await notify(tx, {
    ...{ kind: `silence_${what}` as const, act: `silence.${what} ${id}`, link: `/silence/${id}` },
    ...{ about: { kind: 'silence', id }, data: { title: procedure?.title ?? '', ...data }, by },
    to: [...heads, ...coordinators],
  })
}
