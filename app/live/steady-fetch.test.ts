import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { tryNow, waitingReads } from './line'
import { steadyFetch } from './steady-fetch'

const ORIGIN = 'https://portal.example'
const own = (body = '', status = 200) =>
  new Response(body, { status, headers: { 'x-remix-response': 'yes' } })
const lost = () => Promise.reject(new TypeError('fetch failed'))
/** An answer of which half comes. */
async function half() {
  const parts = [new TextEncoder().encode('he')]
  const body = new ReadableStream({
    pull(to) {
      const part = parts.shift()
      if (part) to.enqueue(part)
      else to.error(new TypeError('terminated'))
    },
  })
  return new Response(body, { headers: { 'x-remix-response': 'yes' } })
}

/** A portal that gives these answers one after another, and the last for ever. */
function portal(...answers: (() => Promise<Response>)[]) {
  const asked = vi.fn(() => (answers.length > 1 ? answers.shift() : answers[0])?.() ?? lost())
  const notSent = vi.fn()
  return { asked, notSent, fetch: steadyFetch(asked, ORIGIN, notSent) }
}

describe('the router’s requests over a line that may be lost', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('a read waits until the portal answers, also behind a proxy that says it is away', async () => {
    const { fetch, asked } = portal(
      lost,
      async () => new Response('<h1>Bad gateway</h1>', { status: 502 }),
      async () => own('here'),
    )
    const reply = fetch(new URL('/desk.data', ORIGIN))
    await vi.advanceTimersByTimeAsync(0)
    expect(waitingReads.get()).toBe(1)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await (await reply).text()).toBe('here')
    expect(asked).toHaveBeenCalledTimes(3)
    expect(waitingReads.get()).toBe(0)
  })

  test('it is asked at once when somebody says so', async () => {
    const { fetch, asked } = portal(lost, async () => own('here'))
    const reply = fetch('/desk.data')
    await vi.advanceTimersByTimeAsync(0)
    tryNow()
    expect((await reply).status).toBe(200)
    expect(asked).toHaveBeenCalledTimes(2)
  })

  test('a read that the router gives up is given up', async () => {
    const { fetch, asked } = portal(lost)
    const stop = new AbortController()
    const reply = fetch('/desk.data', { signal: stop.signal })
    const refused = expect(reply).rejects.toThrow('gone elsewhere')
    await vi.advanceTimersByTimeAsync(0)
    stop.abort(new Error('gone elsewhere'))
    await refused
    await vi.advanceTimersByTimeAsync(60_000)
    expect(asked).toHaveBeenCalledTimes(1)
    expect(waitingReads.get()).toBe(0)
  })

  test('a form is sent once; that it was not is told, and the router hears that it was not accepted', async () => {
    const { fetch, asked, notSent } = portal(lost)
    const reply = await fetch('/financing/1.data', { method: 'POST', body: 'act=ask' })
    expect(reply.status).toBe(503)
    expect(asked).toHaveBeenCalledTimes(1)
    expect(notSent).toHaveBeenCalledTimes(1)
  })

  test('an answer that breaks in the middle is none: a read is asked again, a form is not sent again', async () => {
    const read = portal(half, async () => own('here'))
    const reply = read.fetch('/desk.data')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await (await reply).text()).toBe('here')
    expect(read.asked).toHaveBeenCalledTimes(2)
    const form = portal(half)
    expect((await form.fetch('/financing/1.data', { method: 'POST', body: 'act=ask' })).status).toBe(503)
    expect(form.asked).toHaveBeenCalledTimes(1)
    expect(form.notSent).toHaveBeenCalledTimes(1)
  })

  test('an answer that has no text by its nature goes through', async () => {
    const { fetch } = portal(async () => new Response(null, { status: 204 }))
    expect((await fetch('/desk.data')).status).toBe(204)
  })

  test('what the portal itself answers goes through, its own 503 too', async () => {
    const { fetch } = portal(async () => own('The database is away', 503))
    expect((await fetch('/desk.data')).status).toBe(503)
  })

  test('requests that are not the router’s fail as they would', async () => {
    const { fetch } = portal(lost)
    await expect(fetch('/documents/1/comments')).rejects.toThrow(TypeError)
    await expect(fetch('https://elsewhere.example/a.data')).rejects.toThrow(TypeError)
  })
})
