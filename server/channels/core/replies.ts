/**
 * Reads what PostgreSQL answers to statements whose rows are one whole number each, as text (PostgreSQL 18, 54.7). A
 * message: its type, the length of what follows and of itself in four bytes, its content.
 */

const HEAD = 5
const [ROW, ERROR, READY] = ['D', 'E', 'Z'].map((type) => type.charCodeAt(0))
/** Of a row: how many values, then the length of the first. */
const ROW_HEAD = 6
/** Fields of an error: what it is, in words; and SQLSTATE. */
const [MESSAGE, CODE] = ['M', 'C']

/** What one statement gave, when the server is ready for the next. */
export type Done = { rows: number[]; error: Error | null }

export class Replies {
  /** The beginning of a message whose end has not come. */
  #rest: Buffer | null = null
  #rows: number[] = []
  #error: Error | null = null

  /** Takes bytes in, which are others' afterwards. Null while the server goes on. */
  read(bytes: Buffer): Done | null {
    const all = this.#rest ? Buffer.concat([this.#rest, bytes]) : bytes
    let done: Done | null = null
    let at = 0
    for (let end = endOf(all, at); end <= all.length; end = endOf(all, at)) {
      const type = all[at]
      if (type === ROW) this.#rows.push(rowOf(all, at + HEAD))
      else if (type === ERROR) this.#error = errorOf(all.toString('utf8', at + HEAD, end))
      else if (type === READY) done = this.#ready()
      at = end
    }
    this.#rest = at < all.length ? Buffer.from(all.subarray(at)) : null
    return done
  }

  #ready(): Done {
    const done = { rows: this.#rows, error: this.#error }
    this.#rows = []
    this.#error = null
    return done
  }
}

/** Where the message at `at` ends; beyond the bytes when that is not known yet. */
const endOf = (bytes: Buffer, at: number): number =>
  at + HEAD <= bytes.length ? at + 1 + bytes.readUInt32BE(at + 1) : Number.POSITIVE_INFINITY

const rowOf = (bytes: Buffer, at: number): number => {
  const start = at + ROW_HEAD
  return Number(bytes.toString('latin1', start, start + bytes.readInt32BE(at + 2)))
}

/** Its fields: a letter and a text that ends with a zero. */
function errorOf(content: string): Error {
  const fields = new Map(content.split('\0').map((field) => [field.slice(0, 1), field.slice(1)]))
  return Object.assign(new Error(fields.get(MESSAGE)), { code: fields.get(CODE) })
}
