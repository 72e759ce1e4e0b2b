/** Two real portals on one PostgreSQL and one Redis of the test's own, behind a proxy without sticky sessions. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { hashPassword } from 'better-auth/crypto'
import { pino } from 'pino'
import { connect } from '../../db/connection'
import { type SeededAccount, seedAccounts } from '../../db/seed/accounts'
import { type Embedded, startEmbedded } from '../../server/postgres/embedded'
import { freePort, type PortalProcess, startPortal } from './portal-process'
import { RedisProcess } from './redis-process'
import { RoundRobin } from './round-robin'

export type Node = { folder: string; port: number; portal: PortalProcess }

export class NodeCluster {
  readonly proxy = new RoundRobin()
  readonly nodes: Node[] = []
  readonly folder: string
  readonly database: Embedded
  readonly redis: RedisProcess
  accounts: SeededAccount[] = []
  readonly #env: Record<string, string>
  /** Of one node only, for the next starts: by its number. */
  readonly more = new Map<number, Record<string, string>>()

  private constructor(folder: string, database: Embedded, redis: RedisProcess, origin: string) {
    this.folder = folder
    this.database = database
    this.redis = redis
    this.origin = origin
    this.#env = {
      DATABASE_URL: database.url,
      REDIS_URL: redis.url,
      AUTH_SECRET: 'a secret for tests, of more than 32 characters',
      ORIGIN: origin,
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
    }
  }

  /** Where clients go: the proxy. */
  readonly origin: string

  /** `given`: an empty folder for the database and all else; a new one when left out. */
  static async start(count = 2, given?: string): Promise<NodeCluster> {
    const folder = given ?? (await mkdtemp(path.join(tmpdir(), 'forge-nodes-')))
    const begun = [() => rm(folder, { recursive: true, force: true })]
    try {
      const database = await startEmbedded({ folder, log: pino({ level: 'silent' }) })
      begun.unshift(() => database.stop())
      const redis = await RedisProcess.start()
      begun.unshift(() => redis.stop())
      const port = await freePort()
      const cluster = new NodeCluster(folder, database, redis, `http://localhost:${port}`)
      begun.unshift(() => cluster.#end())
      await cluster.#serve(count, port)
      return cluster
    } catch (error) {
      // Whoever started it has nothing to stop it by.
      for (const end of begun) await end()
      throw error
    }
  }

  async #serve(count: number, port: number): Promise<void> {
    await this.proxy.listen(port)
    for (let nth = 0; nth < count; nth++) {
      const at = { folder: path.join(this.folder, `node-${nth}`), port: await freePort() }
      this.nodes.push({ ...at, portal: await this.#portal(nth, at) })
    }
    this.proxy.serve(this.nodes.map(({ port }) => port))
    const db = connect(this.database.url, () => {})
    try {
      this.accounts = await seedAccounts({ db, hash: hashPassword, folder: this.folder })
    } finally {
      await db.$client.end()
    }
  }

  node(nth: number): Node {
    const node = this.nodes[nth]
    if (!node) throw new Error(`there is no node ${nth}`)
    return node
  }

  async startAgain(nth: number): Promise<void> {
    const node = this.node(nth)
    node.portal = await this.#portal(nth, node)
  }

  account(role: string, organization = 'Kenya'): SeededAccount {
    const found = this.accounts.find((each) => each.role === role && each.organization === organization)
    if (!found) throw new Error(`no ${role} of ${organization}`)
    return found
  }

  async stop(): Promise<void> {
    await this.#end()
    await this.redis.stop()
    await this.database.stop()
    await rm(this.folder, { recursive: true, force: true })
  }

  /** The nodes, and the proxy before them. */
  async #end(): Promise<void> {
    await this.proxy.close()
    await Promise.all(this.nodes.map(({ portal }) => portal.end('SIGTERM')))
  }

  #portal(nth: number, { folder, port }: { folder: string; port: number }): Promise<PortalProcess> {
    return startPortal(folder, { port, env: { ...this.#env, ...this.more.get(nth) } })
  }
}
