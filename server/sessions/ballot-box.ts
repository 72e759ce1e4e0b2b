/**
 * A secret ballot's box. Papers are signed without being seen (`app/domain/session/blind.ts`); a ballot comes without a
 * name and is kept without time or order. What is told at the end is sorted by receipt.
 *
 * What remains: PostgreSQL writes ballots ahead in the order in which they came. That order names nobody, here or in the
 * portal's log, and browsers wait a random moment before they send. But who keeps both those files and a record of the
 * network of their own (a proxy's log with addresses and times, say) can lay one beside the other: let no proxy log
 * `POST /ballots`. `test/faults/secret-ballot.test.ts` reads all that the portal leaves.
 */
import {
  constants,
  createHash,
  createPrivateKey,
  generateKeyPair,
  type KeyObject,
  privateDecrypt,
} from 'node:crypto'
import { promisify } from 'node:util'
import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { conflict, invalid, notFound } from '../../app/domain/fault'
import { type Actor, delegationOf } from '../../app/domain/people'
import type { SessionAct } from '../../app/domain/session/acts'
import { isGenuine, PAPER, receiptOf, SIGNATURE } from '../../app/domain/session/blind'
import { CHOICES } from '../../app/domain/session/model'
import type { Database, Transaction } from '../../db/connection'
import { ballotBoxes, ballotPapers, ballots } from '../../db/schema/sessions'

const BITS = 2048

export type Keys = { modulus: string; privateKey: string }

const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest()

/** A vote's own key pair. Takes a while: made before the session is locked. */
export async function makeKeys(): Promise<Keys> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: BITS })
  const { n = '' } = publicKey.export({ format: 'jwk' })
  return {
    modulus: Buffer.from(n, 'base64url').toString('hex'),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

export async function openPapers(tx: Transaction, sessionId: string, motionId: string, keys: Keys) {
  await tx.insert(ballotBoxes).values({ motionId, sessionId, ...keys, state: 'papers' })
}

/** Signs a paper that nobody here can read, for a delegation, once. */
export async function givePaper(
  tx: Transaction,
  motionId: string,
  delegationId: string,
  blinded: string,
): Promise<string> {
  const [box] = await tx.select().from(ballotBoxes).where(eq(ballotBoxes.motionId, motionId))
  if (!box?.privateKey) throw conflict('No ballot papers are given out now.')
  const signature = sign(createPrivateKey(box.privateKey), blinded, box.modulus)
  await tx.insert(ballotPapers).values({ motionId, delegationId, blinded, signature })
  return signature
}

function sign(key: KeyObject, blinded: string, modulus: string): string {
  if (BigInt(`0x${blinded}`) >= BigInt(`0x${modulus}`)) throw invalid('The ballot paper cannot be read.')
  const bytes = Buffer.from(blinded.padStart(modulus.length, '0'), 'hex')
  return privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, bytes).toString('hex')
}

/** The paper that the act's delegation took with this very number before; null when it took none, or another. */
export async function paperOf(tx: Transaction, act: SessionAct, actor: Actor): Promise<string | null> {
  const own = delegationOf(actor)?.id
  if (act.act !== 'take_paper' || !own) return null
  const [paper] = await tx
    .select()
    .from(ballotPapers)
    .where(and(eq(ballotPapers.motionId, act.motionId), eq(ballotPapers.delegationId, act.of ?? own)))
  return paper?.blinded === act.blinded ? paper.signature : null
}

/** From here on no paper is given out: the key is forgotten. */
export async function openBox(tx: Transaction, motionId: string): Promise<void> {
  await tx
    .update(ballotBoxes)
    .set({ state: 'open', privateKey: null })
    .where(eq(ballotBoxes.motionId, motionId))
}

/** Closes the box to every ballot that is not stored yet, and gives what lies in it. */
export async function emptyBox(tx: Transaction, motionId: string) {
  await tx.select().from(ballotBoxes).where(eq(ballotBoxes.motionId, motionId)).for('update')
  return tx
    .select({ receipt: ballots.receipt, choice: ballots.choice })
    .from(ballots)
    .where(eq(ballots.motionId, motionId))
}

/** Takes everything of a secret ballot away, but what was told when it closed. */
export async function destroyBox(tx: Transaction, motionId: string): Promise<void> {
  await tx.select().from(ballotBoxes).where(eq(ballotBoxes.motionId, motionId)).for('update')
  await tx.delete(ballots).where(eq(ballots.motionId, motionId))
  await tx.delete(ballotPapers).where(eq(ballotPapers.motionId, motionId))
  await tx.delete(ballotBoxes).where(eq(ballotBoxes.motionId, motionId))
}

export const ballotForm = z.object({
  motionId: z.string().min(1).max(64),
  paper: z.string().regex(PAPER),
  signature: z.string().regex(SIGNATURE),
  choice: z.enum(CHOICES),
})
export type Ballot = z.output<typeof ballotForm>

/**
 * Puts a paper into the box. Nobody is signed in here, and nothing is noted but what the box holds: no name, no time.
 * The same paper again with the same choice is the same ballot. Out: its receipt. Throws `notFound`, `invalid`, `conflict`.
 */
export async function castBallot(
  db: Database,
  { motionId, paper, signature, choice }: Ballot,
): Promise<string> {
  return db.transaction(async (tx) => {
    const [box] = await tx.select().from(ballotBoxes).where(eq(ballotBoxes.motionId, motionId)).for('share')
    if (!box) throw notFound()
    if (!isGenuine(paper, signature, box.modulus, sha256)) throw invalid('The ballot paper is not genuine.')
    if (box.state !== 'open') throw conflict('The box is not open.')
    const receipt = receiptOf(paper, sha256)
    await tx.insert(ballots).values({ motionId, receipt, choice }).onConflictDoNothing()
    const [kept] = await tx
      .select({ choice: ballots.choice })
      .from(ballots)
      .where(and(eq(ballots.motionId, motionId), eq(ballots.receipt, receipt)))
    if (kept?.choice !== choice) throw conflict('This ballot paper is in the box already.')
    return receipt
  })
}

/** What a voter's browser needs to draw a paper, and how many lie in the box. Null when no ballot runs. */
export async function boxOf(db: Database, sessionId: string, motionId: string) {
  const [box] = await db
    .select({ modulus: ballotBoxes.modulus, state: ballotBoxes.state })
    .from(ballotBoxes)
    .where(and(eq(ballotBoxes.motionId, motionId), eq(ballotBoxes.sessionId, sessionId)))
  if (!box) return null
  const inBox = await db.$count(ballots, eq(ballots.motionId, motionId))
  return { ...box, inBox }
}
