import { data } from '@remix-run/node'
import { type FieldProblems, isFault } from './domain/fault'

export type Refused = { message: string | null; fields: FieldProblems; form: Record<string, string> }

/** What a page is told when its form was refused: nothing that was typed is lost. */
export const refuseForm = (
  form: Record<string, FormDataEntryValue>,
  fields: FieldProblems,
  message: string | null = null,
  status = 422,
) => {
  const texts = Object.entries(form).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value]] : [],
  )
  const refused: Refused = { message, fields, form: Object.fromEntries(texts) }
  return data(refused, { status })
}

/** Runs a verb for a form: a conflict or bad input comes back to the page; everything else goes on as a fault. */
export async function attempt(form: Record<string, FormDataEntryValue>, work: () => Promise<void>) {
  try {
    await work()
    return null
  } catch (error) {
    if (
      isFault(error) &&
      (error.fault === 'conflict' || error.fault === 'invalid' || error.fault === 'forbidden')
    )
      return refuseForm(form, error.fields, error.message, error.fault === 'invalid' ? 422 : 409)
    throw error
  }
}
