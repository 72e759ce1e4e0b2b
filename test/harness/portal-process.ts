/** A real portal in a process of its own, as `npm start` runs it: started on a free port, ended by its process id. */
import { type ChildProcess, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
const START_MS = 60_000

export type Account = { email: string; password: string; name: string; role: string; organization: string }

export type PortalProcess = {
  origin: string
  pid: number
  /** What it wrote to its standard output and error so far. */
  output: () => string
  accounts: () => Promise<Account[]>
  /** The embedded PostgreSQL's process. */
  databasePid: () => Promise<number>
  /** Ends it with a signal and waits until it is gone. Out: its exit code, null for a kill. */
  end: (signal?: NodeJS.Signals) => Promise<number | null>
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** Starts the built portal on `folder` and resolves when it takes work. Rejects with what it said when it ends before. */
export async function startPortal(
  folder: string,
  { port, env = {} }: { port?: number; env?: Record<string, string> } = {},
): Promise<PortalProcess> {
  const chosen = port ?? (await freePort())
  const origin = `http://localhost:${chosen}`
  const { DATABASE_URL: _database, ...inherited } = process.env
  const child = spawn(process.execPath, [path.join(root, 'build/portal/main.js')], {
    cwd: root,
    env: {
      ...inherited,
      NODE_ENV: 'production',
      DATA_DIR: folder,
      PORT: String(chosen),
      ORIGIN: origin,
      HOST: '127.0.0.1',
      LOG_LEVEL: 'warn',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-2_000_000)
    })
  }
  const gone = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  await ready(child, origin, () => output)
  return {
    origin,
    pid: child.pid ?? 0,
    output: () => output,
    accounts: async () => JSON.parse(await readFile(path.join(folder, 'accounts.json'), 'utf8')),
    databasePid: async () =>
      Number((await readFile(path.join(folder, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0]),
    end: (signal = 'SIGTERM') => {
      child.kill(signal)
      return gone
    },
  }
}

async function ready(child: ChildProcess, origin: string, output: () => string) {
  const until = Date.now() + START_MS
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`the portal ended at its start:\n${output()}`)
    const answer = await fetch(`${origin}/readyz`).catch(() => null)
    if (answer?.ok) return
    if (Date.now() > until) {
      child.kill('SIGKILL')
      throw new Error(`the portal was not ready after ${START_MS / 1000} s:\n${output()}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/**
 * Signs an account in by the portal's own form. Out: the cookie header of its session.
 * @param address from which it comes, as a proxy in front would say; for a portal with `TRUST_PROXY`
 */
export async function signIn(
  origin: string,
  { email, password }: Pick<Account, 'email' | 'password'>,
  address?: string,
): Promise<string> {
  const response = await fetch(`${origin}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      origin,
      'content-type': 'application/x-www-form-urlencoded',
      ...(address && { 'x-forwarded-for': address }),
    },
    body: new URLSearchParams({ email, password, to: '/desk' }),
  })
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0])
  if (cookies.length === 0) throw new Error(`${email} could not sign in: ${response.status}`)
  return cookies.join('; ')
}

/** A connection to the embedded database of the portal on `folder`, beside the portal. */
export async function connectBeside(folder: string): Promise<pg.Client> {
  const sockets = encodeURIComponent(path.join(folder, 'socket'))
  const client = new pg.Client({ connectionString: `postgresql://forge@localhost/forge?host=${sockets}` })
  client.on('error', () => {})
  await client.connect()
  return client
}

export async function queryBeside<Row extends pg.QueryResultRow>(
  folder: string,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = await connectBeside(folder)
  try {
    return (await client.query<Row>(text, values)).rows
  } finally {
    await client.end()
  }
}

/** Starts a proposal of an announced project without one by the portal's own form. Out: the channel of its document. */
export async function startProposal(origin: string, folder: string, cookie: string): Promise<string> {
  const [project] = await queryBeside<{ id: string }>(
    folder,
    `select id from projects where owner_delegation_id is null
     and not exists (select 1 from proposals where project_id = projects.id) limit 1`,
  )
  const answer = await fetch(`${origin}/projects/${project?.id}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, origin, 'content-type': 'application/x-www-form-urlencoded' },
  })
  const id = answer.headers.get('location')?.split('/').pop()
  if (answer.status !== 302 || !id) throw new Error(`no proposal was started: ${answer.status}`)
  const [proposal] = await queryBeside<{ document_id: string }>(
    folder,
    'select document_id from proposals where id = $1',
    [id],
  )
  return proposal?.document_id ?? ''
}
