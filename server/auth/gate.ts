/**
 * What stands before and after better-auth's sign-in and sign-out, whoever calls them (our pages or its HTTP interface):
 * failed attempts are held to a rate by address and by account, and every outcome is audited.
 */
import { APIError, createAuthMiddleware, getIP, getSessionFromCtx, isAPIError } from 'better-auth/api'
import { eq } from 'drizzle-orm'
import type { Logger } from 'pino'
import type { Database } from '../../db/connection'
import { member, user } from '../../db/schema/auth'
import { storable } from '../audit/chain'
import { recordAct } from '../audit/record'
import { attempt, disguised, forget, forgive, type Limit } from './attempts'

const SIGN_IN = '/sign-in/email'
export const NO_MEMBERSHIP = 'NO_MEMBERSHIP'

/** Failed sign-ins. The second keeps one address from trying many accounts, the third many addresses from trying one. */
export const SIGN_IN_LIMITS = {
  accountFromAddress: { max: 8, window: 600 },
  address: { max: 60, window: 600 },
  account: { max: 60, window: 3600 },
} as const satisfies Record<string, Limit>

const keysOf = (address: string, email: string) => ({
  accountFromAddress: `sign-in ${address} ${disguised(email)}`,
  address: `sign-in ${address}`,
  account: `sign-in ${disguised(email)}`,
})

type Context = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0]

const emailIn = (body: unknown): string =>
  typeof body === 'object' && body !== null && 'email' in body && typeof body.email === 'string'
    ? storable(body.email)
    : ''

/** Set by the portal's own HTTP side from the connection; what came from outside is overwritten there. */
export const ADDRESS_HEADER = 'x-forge-client-ip'

/** Whom attempts are counted against: an IPv4 address, or an IPv6 network, as one subscriber has a whole one. */
function addressOf(ctx: Context): string {
  const source = ctx.request ?? ctx.headers
  return (source ? getIP(source, ctx.context.options) : null) ?? 'unknown'
}

const fromOf = (ctx: Context): string | null => (ctx.request ?? ctx)?.headers?.get(ADDRESS_HEADER) || null

/** The membership that makes an account's holder an actor; null after a removal. */
export async function membershipOf(db: Database, userId: string) {
  const [found] = await db
    .select({ organizationId: member.organizationId })
    .from(member)
    .where(eq(member.userId, userId))
  return found ?? null
}

export function createGate({ db, log }: { db: Database; log: Logger }) {
  const record = (act: Parameters<typeof recordAct>[1]) => db.transaction((tx) => recordAct(tx, act))

  async function admit(ctx: Context) {
    const address = addressOf(ctx)
    const keys = keysOf(address, emailIn(ctx.body))
    for (const name of ['accountFromAddress', 'address', 'account'] as const) {
      const limit = SIGN_IN_LIMITS[name]
      const { allowed, count, retryAfter } = await attempt(db, keys[name], limit)
      if (allowed) continue
      // Once a window: what comes after it is refused without a trace but this.
      if (count === limit.max + 1) {
        log.warn({ from: address, limit: name }, 'too many failed sign-ins: refused for a while')
        await record({
          actor: null,
          from: fromOf(ctx),
          act: 'session.block',
          objectKind: name === 'address' ? 'address' : 'account',
          objectId: name === 'address' ? address : await accountId(emailIn(ctx.body)),
        })
      }
      throw new APIError(
        'TOO_MANY_REQUESTS',
        { message: 'Too many failed attempts. Try again later.', retryAfter },
        { 'x-retry-after': String(retryAfter) },
      )
    }
  }

  /** The account's id, or the disguised address of one that does not exist. */
  async function accountId(email: string) {
    const [known] = await db
      .select({ id: user.id })
      .from(user)
      .where(eq(user.email, email.trim().toLowerCase()))
    return known?.id ?? `unknown ${disguised(email)}`
  }

  async function refused(ctx: Context, why: string) {
    const objectId = await accountId(emailIn(ctx.body))
    await record({
      actor: null,
      from: fromOf(ctx),
      act: 'session.refuse',
      objectKind: 'account',
      objectId,
      after: { why },
    })
  }

  async function signedIn(ctx: Context, session: { id: string; userId: string }) {
    const keys = keysOf(addressOf(ctx), emailIn(ctx.body))
    await forget(db, keys.accountFromAddress)
    await forgive(db, [keys.address, keys.account])
    const membership = await membershipOf(db, session.userId)
    await record({
      actor: { userId: session.userId, organization: { id: membership?.organizationId ?? 'none' } },
      from: fromOf(ctx),
      act: 'session.start',
      objectKind: 'session',
      objectId: session.id,
    })
  }

  async function signsOut(ctx: Context) {
    const current = await getSessionFromCtx(ctx)
    if (!current) return
    const { session } = current
    const membership = await membershipOf(db, session.userId)
    await record({
      actor: { userId: session.userId, organization: { id: membership?.organizationId ?? 'none' } },
      from: fromOf(ctx),
      act: 'session.end',
      objectKind: 'session',
      objectId: session.id,
    })
  }

  return {
    before: createAuthMiddleware(async (ctx) => {
      if (ctx.path === SIGN_IN) await admit(ctx)
      if (ctx.path === '/sign-out') await signsOut(ctx)
    }),
    after: createAuthMiddleware(async (ctx) => {
      if (ctx.path !== SIGN_IN) return
      const { newSession, returned } = ctx.context
      if (newSession) await signedIn(ctx, newSession.session)
      else if (isAPIError(returned)) await refused(ctx, String(returned.body?.code ?? returned.status))
    }),
  }
}
