import type { EventBody } from './events'

/** Events, perhaps none (it is so already), or a refusal with its reason. */
export type Decision = { ok: true; events: EventBody[] } | { ok: false; why: string }

export const refuse = (why: string): Decision => ({ ok: false, why })
export const happen = (...events: EventBody[]): Decision => ({ ok: true, events })
