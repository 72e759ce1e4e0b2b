/** Asks the server for an act. The same key is sent until there is an answer: it is done once, however often. */
import type { SessionActInput } from '../domain/session/acts'

export type Answer = { ok: true; seq: number; paper: string | null } | { ok: false; why: string }

const AGAIN_MS = [300, 1000, 2000, 4000, 8000]
const AWAY = 'The portal does not answer. What you asked for may not have been done: look, and ask again.'

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Posts JSON until it is answered: a lost line, a node that died and a busy database are asked again. */
async function post(url: string, body: unknown, credentials: RequestCredentials): Promise<unknown> {
  for (const wait of [...AGAIN_MS, null]) {
    try {
      const reply = await fetch(url, {
        ...{ method: 'POST', credentials, body: JSON.stringify(body), signal: AbortSignal.timeout(10_000) },
        headers: { 'content-type': 'application/json' },
      })
      if (reply.status < 500) return await reply.json()
    } catch {
      // No answer: asked again.
    }
    if (wait !== null) await sleep(wait * (0.5 + Math.random()))
  }
  return null
}

function why(answer: unknown): string {
  const has = typeof answer === 'object' && answer !== null
  if (has && 'why' in answer && typeof answer.why === 'string') return answer.why
  return has && 'message' in answer && typeof answer.message === 'string' ? answer.message : AWAY
}

/** An act in a session. */
export async function askAct(sessionId: string, act: SessionActInput): Promise<Answer> {
  const answer = await post(`/sessions/${sessionId}/act`, { key: newKey(), act }, 'same-origin')
  if (typeof answer === 'object' && answer !== null && 'seq' in answer && typeof answer.seq === 'number') {
    const paper = 'paper' in answer && typeof answer.paper === 'string' ? answer.paper : null
    return { ok: true, seq: answer.seq, paper }
  }
  return { ok: false, why: why(answer) }
}

/** `crypto.randomUUID` is not there on pages without TLS. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

export type Sealed = { motionId: string; paper: string; signature: string; choice: string }

/** Puts a ballot paper into the box: without a cookie, so that nobody is named. */
export async function askBallot(ballot: Sealed): Promise<{ ok: true } | { ok: false; why: string }> {
  const answer = await post('/ballots', ballot, 'omit')
  const done = typeof answer === 'object' && answer !== null && 'receipt' in answer
  return done ? { ok: true } : { ok: false, why: why(answer) }
}
