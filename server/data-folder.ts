import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { access, chmod, constants, link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { ConfigError } from './config'

export type DataFolder = { path: string; authSecret: string }

/**
 * The folder that holds what the portal keeps outside a database: made with mode 0700 when it is not there.
 * The signing secret is made once for it, unless one is given. Throws ConfigError when it cannot be used.
 */
export async function openDataFolder(folder: string, authSecret: string | undefined): Promise<DataFolder> {
  try {
    const made = await mkdir(folder, { recursive: true, mode: 0o700 })
    if (made) await chmod(folder, 0o700)
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    throw new ConfigError(
      `DATA_DIR ${folder} cannot be used: ${error instanceof Error ? error.message : error}`,
    )
  }
  if (!(await stat(folder)).isDirectory()) throw new ConfigError(`DATA_DIR ${folder} is not a folder`)
  return { path: folder, authSecret: authSecret ?? (await keptSecret(path.join(folder, 'auth-secret'))) }
}

async function keptSecret(file: string): Promise<string> {
  if (!existsSync(file)) await place(file, randomBytes(32).toString('base64url'))
  await chmod(file, 0o600)
  const secret = await readFile(file, 'utf8')
  if (secret.length < 32) {
    throw new ConfigError(
      `${file} holds no whole secret. Remove it, and a new one is made (everybody has to sign in again), or set AUTH_SECRET.`,
    )
  }
  return secret
}

/** Puts a file in its place with all it holds: of two starts at once, one makes it and both read the same. */
async function place(file: string, text: string) {
  const aside = `${file}.${randomBytes(6).toString('hex')}`
  await writeFile(aside, text, { mode: 0o600, flush: true })
  try {
    await link(aside, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    await rm(aside, { force: true })
  }
}
