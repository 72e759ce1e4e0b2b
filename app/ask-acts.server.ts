/** The acts of an ask's page: each form of it, parsed and handed to its verb. */
import type { z } from 'zod'
import type { Portal } from '../server/portal'
import { parseForm } from './domain/form'
import {
  answerAskForm,
  askQuestionForm,
  conditionActForm,
  conditionForm,
  moveAskForm,
  recordForm,
  reverseForm,
  trancheActForm,
  trancheForm,
} from './domain/money-forms'
import type { Actor } from './domain/people'
import {
  actOnCondition,
  actOnTranche,
  answerInstitution,
  askAuthorsOfRequest,
  type Handed,
  moveAsk,
  nameReader,
  planTranche,
  recordMoney,
  reverseMoney,
  setCondition,
  startTerms,
} from './financing.server'
import { attempt, refuseForm } from './form-action.server'

type Form = Record<string, FormDataEntryValue>

/** Null when it was done, else the reply with what was refused and what was typed. */
export async function actOnAsk(
  { portal, from }: { portal: Pick<Portal, 'db' | 'channels'>; from: string | null },
  actor: Actor,
  id: string,
  form: Form,
  file: Handed | null,
) {
  const { db, channels } = portal
  const act = async <S extends z.ZodType>(schema: S, verb: (input: z.output<S>) => Promise<unknown>) => {
    const parsed = parseForm(schema, form)
    if (!parsed.ok) return refuseForm(form, parsed.fields)
    return attempt(form, async () => {
      await verb(parsed.value)
    })
  }
  switch (form.act) {
    case 'move':
      return act(moveAskForm, (input) => moveAsk(db, actor, id, input, file, from))
    case 'record':
      return act(recordForm, (input) => recordMoney(db, actor, id, input, file, from))
    case 'reverse':
      return act(reverseForm, (input) => reverseMoney(db, actor, id, input, file, from))
    case 'set_condition':
      return act(conditionForm, (input) => setCondition(db, actor, id, input, from))
    case 'condition':
      return act(conditionActForm, (input) => actOnCondition(db, actor, id, input, file, from))
    case 'plan_tranche':
      return act(trancheForm, (input) => planTranche(db, actor, id, input, from))
    case 'tranche':
      return act(trancheActForm, (input) => actOnTranche(db, actor, id, input, from))
    case 'question':
      return act(askQuestionForm, (input) => askAuthorsOfRequest(db, actor, id, input, from))
    case 'answer':
      return act(answerAskForm, (input) => answerInstitution(db, actor, input, from))
    case 'terms':
      return attempt(form, async () => {
        await startTerms(db, actor, id, from)
      })
    case 'name_reader':
    case 'end_reader':
      return attempt(form, () =>
        nameReader(
          { db, channels },
          actor,
          id,
          { delegationId: String(form.delegationId ?? ''), reads: form.act === 'name_reader' },
          from,
        ),
      )
    default:
      return refuseForm(form, {}, 'This page does not know that act. Load it again.')
  }
}
