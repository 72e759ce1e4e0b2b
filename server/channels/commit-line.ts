/**
 * A connection to PostgreSQL on which nothing but commits go, one at a time. It takes the driver's connection and
 * skips its queries: they would convert each value to text and describe each result.
 */
import pg from 'pg'
import { COMMIT, COMMIT_NAME, commitMessage } from './commit-statement'
import type { Commit } from './log'

/** The part of the driver's connection that its types leave out or describe otherwise. */
type Wire = {
  parse(statement: { name: string; text: string; types: number[] }): void
  stream: { write(bytes: Buffer): void; destroy(): void }
}

/** What the driver asks of something that it is to run. */
class Run implements pg.Submittable {
  readonly done: Promise<number[]>
  readonly #message: Buffer
  readonly #isNew: boolean
  readonly #rows: number[] = []
  #resolve: (rows: number[]) => void = () => {}
  #reject: (error: unknown) => void = () => {}

  constructor(message: Buffer, isNew: boolean) {
    this.#message = message
    this.#isNew = isNew
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
  }

  submit(connection: unknown): void {
    const wire = connection as Wire
    if (this.#isNew) wire.parse({ name: COMMIT_NAME, text: COMMIT, types: [] })
    wire.stream.write(this.#message)
  }

  handleDataRow({ fields }: { fields: string[] }): void {
    this.#rows.push(Number(fields[0]))
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    this.#resolve(this.#rows)
  }

  handleError(error: unknown): void {
    this.#reject(error)
  }
}

export class CommitLine {
  readonly #options: pg.ClientConfig
  readonly #answerMs: number
  #client: pg.Client | null = null

  /** `answerMs`: a commit that is not answered in this time is given up, and the connection with it. */
  constructor(options: pg.ClientConfig, answerMs: number) {
    this.#options = options
    this.#answerMs = answerMs
  }

  /** Gives for each channel whether it was stored. When it rejects, nobody knows. */
  async commit(commits: readonly Commit[]): Promise<boolean[]> {
    const isNew = this.#client === null
    this.#client ??= await this.#connect()
    const client = this.#client
    const run = new Run(commitMessage(commits), isNew)
    const late = setTimeout(() => {
      run.handleError(new Error('the database did not answer a commit in time'))
    }, this.#answerMs)
    try {
      client.query(run)
      const missed = await run.done
      return commits.map((_, i) => !missed.includes(i + 1))
    } catch (error) {
      this.close()
      throw error
    } finally {
      clearTimeout(late)
    }
  }

  /** The next commit connects anew. */
  close(): void {
    const client = this.#client as (pg.Client & { connection: Wire }) | null
    this.#client = null
    // Not by a message, which would wait behind a statement that hangs.
    client?.connection.stream.destroy()
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client(this.#options)
    client.on('error', () => {
      if (this.#client === client) this.#client = null
    })
    await client.connect()
    return client
  }
}
