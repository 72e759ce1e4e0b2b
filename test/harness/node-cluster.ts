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
    const database = await startEmbedded({ folder, log: pino({ level: 'silent' }) })
    const redis = await RedisProcess.start()
    const port = await freePort()
    const cluster = new NodeCluster(folder, database, redis, `http://localhost:${port}`)
    await cluster.proxy.listen(port)
    for (let nth = 0; nth < count; nth++) {
      const at = { folder: path.join(folder, `node-${nth}`), port: await freePort() }
      cluster.nodes.push({ ...at, portal: await cluster.#portal(nth, at) })
    }
    cluster.proxy.serve(cluster.nodes.map(({ port }) => port))
    const db = connect(database.url, () => {})
    cluster.accounts = await seedAccounts({ db, hash: hashPassword, folder })
    await db.$client.end()
    return cluster
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
    await this.proxy.close()
    await Promise.all(this.nodes.map(({ portal }) => portal.end('SIGTERM')))
    await this.redis.stop()
    await this.database.stop()
    await rm(this.folder, { recursive: true, force: true })
  }

  #portal(nth: number, { folder, port }: { folder: string; port: number }): Promise<PortalProcess> {
    return startPortal(folder, { port, env: { ...this.#env, ...this.more.get(nth) } })
  }
}
