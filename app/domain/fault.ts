/**
 * The few ways in which a verb fails. Verbs throw them; one function turns them into an HTTP reply
 * (`app/fault-response.server.ts`) and one into a socket reply (`server/channels`).
 * They are recognised by their `fault` field, not by class: Vite and the server are two module graphs.
 */
export type FaultKind = 'not_found' | 'forbidden' | 'conflict' | 'invalid' | 'unavailable'

/** What is wrong, by form or frame field; `''` stands for the whole. */
export type FieldProblems = Record<string, string[]>

export class Fault extends Error {
  readonly fault: FaultKind
  readonly fields: FieldProblems

  constructor(fault: FaultKind, message: string, fields: FieldProblems = {}) {
    super(message)
    this.name = 'Fault'
    this.fault = fault
    this.fields = fields
  }
}

/** One wording for everything that one may not see: it must not differ from what does not exist. */
export const notFound = () => new Fault('not_found', 'There is no such page, or it is not open to you.')
export const forbidden = (why: string) => new Fault('forbidden', why)
export const conflict = (why: string) => new Fault('conflict', why)
export const invalid = (why: string, fields: FieldProblems = {}) => new Fault('invalid', why, fields)
export const unavailable = (why: string) => new Fault('unavailable', why)

export function isFault(error: unknown): error is Fault {
  return error instanceof Error && 'fault' in error && typeof error.fault === 'string'
}
