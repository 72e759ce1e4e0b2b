/**
 * The structured answers of a financing request: what is sought in all, written together like its text and read from there
 * into SQL columns. What one institution offers, its rate above all, is not among them: that stands in the ledger and in
 * the commercial terms, which have readers of their own.
 */
import { z } from 'zod'
import { currencyField, decimalField, type FieldProblem, monthField, readFieldsBy } from './document-fields'
import { INSTRUMENTS, type Instrument } from './money-instruments'

const years = (what: string, least: number, most: number) => {
  const told = `${what} is a whole number of years from ${least} to ${most}`
  return z.number(told).int(told).min(least, told).max(most, told)
}

const line = (what: string) => z.string().max(300, `${what} has at most 300 characters`)

export const requestFieldSchemas = {
  instruments: z
    .array(z.enum(INSTRUMENTS, 'an instrument is none that the portal knows'))
    .max(INSTRUMENTS.length),
  /** Sought from everybody together. */
  amount: decimalField('the amount'),
  currency: currencyField,
  purpose: line('the use of proceeds'),
  tenorYears: years('the tenor', 1, 60),
  graceYears: years('the grace period', 0, 30),
  security: line('the security'),
  coFinanciers: line('the list of co-financiers'),
  /** When the first money has to be there. */
  neededBy: monthField,
} as const

export type RequestFieldName = keyof typeof requestFieldSchemas
export type RequestFields = { [K in RequestFieldName]?: z.infer<(typeof requestFieldSchemas)[K]> }
export const REQUEST_FIELD_NAMES = Object.keys(requestFieldSchemas) as RequestFieldName[]

export const REQUEST_FIELD_LABEL: Record<RequestFieldName, string> = {
  instruments: 'Instruments',
  amount: 'Amount sought in all',
  currency: 'Currency',
  purpose: 'Use of proceeds, in a line',
  tenorYears: 'Tenor (years)',
  graceYears: 'Grace (years)',
  security: 'Security',
  coFinanciers: 'Co-financiers',
  neededBy: 'First money needed',
}

/** Reads a request's `fields` map, as `readProposalFields` does a proposal's. */
export function readRequestFields(raw: Record<string, unknown>): {
  fields: RequestFields
  problems: FieldProblem[]
} {
  const { fields, problems } = readFieldsBy(requestFieldSchemas, raw)
  return { fields: fields as RequestFields, problems }
}

/** What lists show of a request's fields; amounts are exact decimals. */
export type Sought = {
  instruments: Instrument[] | null
  amount: string | null
  currency: string | null
  purpose: string | null
  tenorYears: number | null
  graceYears: number | null
  security: string | null
  coFinanciers: string | null
  neededBy: string | null
}

export const isNothingSought = (sought: Sought): boolean =>
  Object.values(sought).every((value) => value === null)
