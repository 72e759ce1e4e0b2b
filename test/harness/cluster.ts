/** One PostgreSQL for a test run: `DATABASE_URL`'s server, or an embedded cluster in a temporary folder. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { pino } from 'pino'
import type { TestProject } from 'vitest/node'
import { migrate } from '../../db/migrate'
import { startEmbedded } from '../../server/postgres/embedded'
import { withDatabase } from './database-url'
import './provided'

export default async function setup(project: TestProject) {
  const given = process.env.DATABASE_URL
  const folder = given ? null : await mkdtemp(path.join(tmpdir(), 'forge-test-'))
  const embedded = folder ? await startEmbedded({ folder, log: pino({ level: 'silent' }) }) : null
  const serverUrl = given ?? embedded?.url ?? ''
  await checkVersion(serverUrl)
  const template = `forge_template_${process.pid}_${Date.now()}`
  await query(serverUrl, `create database ${template}`)
  await migrate(withDatabase(serverUrl, template))
  project.provide('serverUrl', serverUrl)
  project.provide('template', template)
  return async () => {
    await query(serverUrl, `drop database if exists ${template} with (force)`)
    await embedded?.stop()
    if (folder) await rm(folder, { recursive: true, force: true })
  }
}

async function checkVersion(url: string) {
  const { rows } = await query(url, 'show server_version_num')
  if (Number(rows[0]?.server_version_num) < 150_000)
    throw new Error('DATABASE_URL: PostgreSQL 15 or later is needed')
}

async function query(url: string, statement: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client.query(statement).finally(() => client.end())
}
