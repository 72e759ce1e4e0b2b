/**
 * Ballot papers that nobody can tie to who took them: Chaum's blind signatures over RSA, with a key of the vote's own.
 *
 * A voter's browser draws a random number, the paper, and hands in `blind(hash(paper))`. The portal signs that, once a
 * delegation. The browser takes the blinding off and holds a signed paper that the portal never saw: what it did see
 * goes equally well with every paper there is, so that even its whole database, log and backups together do not tell
 * which is whose. The paper goes into the box without a name; its receipt is a hash of it.
 */

/** SHA-256 of bytes: Node's, or a script's in browsers that have none for pages without TLS. */
export type Sha256 = (data: Uint8Array) => Uint8Array

const EXPONENT = 65537n
const PAPER_BYTES = 16

const bytesOf = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** A number as hexadecimal of whole bytes. */
export const toHex = (value: bigint): string => {
  const hex = value.toString(16)
  return hex.length % 2 === 0 ? hex : `0${hex}`
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  let square = base % modulus
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

/** The inverse by Euclid; null when there is none. */
function inverse(value: bigint, modulus: bigint): bigint | null {
  let [a, b, x, y] = [value % modulus, modulus, 1n, 0n]
  while (a > 1n) {
    if (b === 0n) return null
    const quotient = a / b
    ;[a, b] = [b, a % b]
    ;[x, y] = [y, x - quotient * y]
  }
  return a === 1n ? ((x % modulus) + modulus) % modulus : null
}

/** The paper's number spread over all residues, so that signatures do not multiply into new ones. */
function spread(paper: string, modulus: bigint, sha256: Sha256): bigint {
  const length = Math.ceil(modulus.toString(16).length / 2) + 16
  const text = bytesOf(paper)
  let hex = ''
  for (let counter = 0; hex.length < length * 2; counter++)
    hex += hexOf(sha256(Uint8Array.from([...new TextEncoder().encode('forge ballot'), counter, ...text])))
  return BigInt(`0x${hex.slice(0, length * 2)}`) % modulus
}

/** A new paper, and what takes the blinding off; keep both until the vote is cast. Hexadecimal. */
export type Draft = { paper: string; factor: string; blinded: string }

/** @param random bytes of a cryptographic source */
export function draftPaper(modulus: string, random: (bytes: number) => Uint8Array, sha256: Sha256): Draft {
  const n = BigInt(`0x${modulus}`)
  const paper = hexOf(random(PAPER_BYTES))
  for (;;) {
    const factor = BigInt(`0x${hexOf(random(modulus.length / 2 + 16))}`) % n
    if (factor < 2n || inverse(factor, n) === null) continue
    const blinded = (spread(paper, n, sha256) * power(factor, EXPONENT, n)) % n
    return { paper, factor: toHex(factor), blinded: toHex(blinded) }
  }
}

/** The signature on the paper itself, from the one on its blinded number. Null when it is not genuine. */
export function unblind(draft: Draft, signature: string, modulus: string, sha256: Sha256): string | null {
  const n = BigInt(`0x${modulus}`)
  const off = inverse(BigInt(`0x${draft.factor}`), n)
  if (off === null) return null
  const plain = toHex((BigInt(`0x${signature}`) * off) % n)
  return isGenuine(draft.paper, plain, modulus, sha256) ? plain : null
}

/** Whether a paper carries the signature of the vote's key. */
export function isGenuine(paper: string, signature: string, modulus: string, sha256: Sha256): boolean {
  const n = BigInt(`0x${modulus}`)
  const signed = BigInt(`0x${signature}`)
  return signed > 0n && signed < n && power(signed, EXPONENT, n) === spread(paper, n, sha256)
}

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** What the voter keeps, and finds in the list when the vote has closed: 80 bits, as `ABCD-EFGH-JKLM-NPQR`. */
export function receiptOf(paper: string, sha256: Sha256): string {
  const bytes = sha256(bytesOf(paper))
  let bits = 0n
  for (const byte of bytes.slice(0, 10)) bits = (bits << 8n) | BigInt(byte)
  let code = ''
  for (let i = 0; i < 16; i++) code = (LETTERS[Number((bits >> BigInt(i * 5)) & 31n)] ?? '') + code
  return code.replace(/(.{4})(?=.)/g, '$1-')
}

/** What goes into the box. */
export const PAPER = /^[0-9a-f]{32}$/
export const SIGNATURE = /^[0-9a-f]{2,1024}$/
