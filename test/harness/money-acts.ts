/** What somebody might do next on an ask's page: of what the page offers them, and now and then of what it does not. */
import { randomUUID } from 'node:crypto'
import type { Actor } from '../../app/domain/people'
import type { askPage } from '../../db/queries/financing'

type Page = Awaited<ReturnType<typeof askPage>>
type Form = Record<string, string>

const DAY = '2026-11-25'
/** Moves after which an ask is over: nothing could be tried on it any more. */
const ENDS = ['complete', 'decline', 'withdraw', 'cancel']
const WHY = 'There is a reason for it'

/** One form, with a key of its own. `random`: from 0 to 1, exclusive. */
export function nextForm(random: () => number, actor: Actor, page: Page, facilityId: string): Form {
  const of = <T>(all: readonly T[]): T | undefined => all[Math.floor(random() * all.length)]
  const amount = (most: number) => (1 + random() * most).toFixed(2)
  const { money, may } = page
  const wrong = random() < 0.1
  const record = (kind: string): Form => ({
    ...{ act: 'record', kind, amount: amount(kind === 'approved' ? 200 : 80), onDate: DAY },
    facilityId: kind === 'committed' || kind === 'cancelled' ? facilityId : '',
  })
  const offered: Form[] = []
  const offer = (form: Form | null) => void (form && offered.push(form))
  const unmet = money?.conditions.filter(({ state }) => !['satisfied', 'waived'].includes(state)) ?? []
  const move = of(may.moves.filter((one) => !ENDS.includes(one) && (one !== 'hold' || random() < 0.1)))
  offer(move ? { act: 'move', move, reason: WHY, date: move === 'hold' ? '2027-01-31' : '2030-01-31' } : null)
  for (const kind of may.record.filter((one) =>
    ['approved', 'committed', 'cancelled', 'repaid'].includes(one),
  ))
    offer(record(kind))
  const entry = of(money?.entries.filter(({ mayReverse }) => mayReverse) ?? [])
  offer(entry && random() < 0.5 ? { act: 'reverse', entryId: entry.id, reason: WHY } : null)
  // Few at a time: with an open one everywhere no money would flow.
  if (may.condition && unmet.length < 2 && random() < 0.1)
    offer({
      ...{ act: 'set_condition', text: 'Something has to be so', dueOn: '' },
      gate: of(['signing', 'first_disbursement', 'every_disbursement', 'tranche']) ?? '',
      ...{
        trancheId: of(money?.tranches ?? [])?.id ?? '',
        responsibleId: of(money?.responsible ?? [])?.id ?? '',
      },
    })
  for (const { id, acts } of money?.conditions ?? [])
    for (const conditionAct of acts) offer({ act: 'condition', conditionId: id, conditionAct, text: WHY })
  if (may.tranche && (money?.tranches.length ?? 0) < 30)
    offer({ act: 'plan_tranche', amount: amount(20), plannedOn: DAY, method: 'advance' })
  const able = (money?.tranches ?? []).filter(({ acts }) => acts.length > 0)
  const payable = able.filter(({ acts }) => acts.includes('pay'))
  const tranche = of(payable.length > 0 && random() < 0.7 ? payable : able)
  const trancheAct = of(tranche?.acts.filter((one) => one !== 'drop' || random() < 0.1) ?? [])
  const step = tranche && trancheAct
  // Oftener than once in many: the money that flows is what is tried.
  for (const _often of [1, 2, 3])
    offer(step ? { act: 'tranche', trancheId: tranche.id, trancheAct, reason: WHY, paidOn: DAY } : null)
  if (wrong || offered.length === 0)
    offer(
      of([
        record('committed'),
        record('approved'),
        { act: 'move', move: 'begin_disbursing', reason: WHY, date: '' },
        { act: 'plan_tranche', amount: amount(500), plannedOn: DAY, method: 'advance' },
        {
          ...{ act: 'tranche', trancheAct: 'pay', reason: '', paidOn: DAY },
          trancheId: of(money?.tranches ?? [])?.id ?? randomUUID(),
        },
      ]) ?? null,
    )
  const form = (wrong ? offered.at(-1) : of(offered)) ?? {}
  return { form: form.act ?? '', ...form, key: randomUUID(), by: actor.userId }
}
