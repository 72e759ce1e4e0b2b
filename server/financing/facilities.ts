import { eq } from 'drizzle-orm'
import { forbidden, invalid, notFound } from '../../app/domain/fault'
import { isId } from '../../app/domain/id'
import type { FacilityInput } from '../../app/domain/money-forms'
import type { Actor } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import type { Database } from '../../db/connection'
import { institutions } from '../../db/schema/financing'
import { facilities } from '../../db/schema/ledger'
import { recordAct } from '../audit/record'
import { newId } from '../ids'
import { guarded, mustBeAmount } from './guarded'

const KEPT_BY = 'The institution’s head, or a coordinator, keeps its facilities.'

/** Enters a facility with its ceiling. Out: its id; the same key again gives the same. Throws `notFound`, `forbidden`, `invalid`. */
export async function enterFacility(
  db: Database,
  actor: Actor,
  { key, institutionId, name, ceiling, currency, note }: FacilityInput,
  from: string | null,
): Promise<string> {
  mustBeAmount(ceiling, currency, 'ceiling')
  return db.transaction(async (tx) => {
    const scope = { kind: 'facility', institutionId } as const
    const [institution] = await tx
      .select()
      .from(institutions)
      .where(eq(institutions.organizationId, institutionId))
    if (!institution || !can(actor, 'see', scope)) throw notFound()
    if (!can(actor, 'keep', scope)) throw forbidden(KEPT_BY)
    const [same] = await tx.select().from(facilities).where(eq(facilities.key, key))
    if (same) {
      if (same.institutionId !== institutionId)
        throw invalid('This key was used for something else. Load the page again.')
      return same.id
    }
    const id = newId()
    await tx.insert(facilities).values({ id, key, institutionId, name, ceiling, currency, note })
    await recordAct(tx, {
      actor,
      from,
      act: 'facility.enter',
      objectKind: 'facility',
      objectId: id,
      after: { institutionId, name, ceiling, currency },
    })
    return id
  })
}

/**
 * Changes a facility's ceiling, never below what is committed. Throws `notFound`, `forbidden`, `invalid`, `conflict`.
 */
export const changeCeiling = (
  db: Database,
  actor: Actor,
  facilityId: string,
  ceiling: string,
  from: string | null,
): Promise<void> =>
  guarded(() =>
    db.transaction(async (tx) => {
      if (!isId(facilityId)) throw notFound()
      const [facility] = await tx
        .select()
        .from(facilities)
        .where(eq(facilities.id, facilityId))
        .for('no key update')
      if (!facility) throw notFound()
      const scope = { kind: 'facility', institutionId: facility.institutionId } as const
      if (!can(actor, 'see', scope)) throw notFound()
      if (!can(actor, 'keep', scope)) throw forbidden(KEPT_BY)
      mustBeAmount(ceiling, facility.currency, 'ceiling')
      await tx.update(facilities).set({ ceiling }).where(eq(facilities.id, facilityId))
      await recordAct(tx, {
        actor,
        from,
        act: 'facility.ceiling',
        objectKind: 'facility',
        objectId: facilityId,
        before: { ceiling: facility.ceiling },
        after: { ceiling, currency: facility.currency },
      })
    }),
  )
