/** The audit trail as administrators read it, and the command that checks it. */
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { DELEGATION_ROLES } from '../../app/domain/people'
import type { Database } from '../../db/connection'
import { type AuditFilter, auditEntriesFor, auditTrail } from '../../db/queries/audit'
import { createProject } from '../../server/projects/create'
import { startProposal } from '../../server/proposals/start'
import { testDatabase } from '../harness/database'
import { NOT_FOUND, projectInput, type Records, startRecords } from '../harness/records'

let db: Database
let url: string
let records: Records

const all: AuditFilter = { search: null, who: null, from: null, to: null, page: 1 }

beforeAll(async () => {
  ;({ db, url } = await testDatabase())
  records = await startRecords(db)
  const kenya = await records.as('kenya', 'head')
  const japan = await records.as('japan', 'head')
  const project = await createProject(db, kenya, projectInput({ title: 'Audited' }), '192.0.2.9')
  await startProposal(db, kenya, project, '192.0.2.9')
  await createProject(db, japan, projectInput({ title: 'Other' }), null)
})

test('nobody but an administrator can tell that there is one', async () => {
  const others = [
    ...DELEGATION_ROLES.map((role) => records.as('kenya', role)),
    records.as('secretariat', 'coordinator'),
    records.as('secretariat', 'secretary'),
  ]
  for (const actor of await Promise.all(others)) {
    await expect(auditTrail(db, actor, all)).rejects.toMatchObject(NOT_FOUND)
    await expect(auditEntriesFor(db, actor, all)).rejects.toMatchObject(NOT_FOUND)
  }
})

test('is filtered by act, person and day, and says who did what from where', async () => {
  const administrator = await records.as('secretariat', 'administrator')
  const { entries, total } = await auditTrail(db, administrator, { ...all, search: 'proposal.start' })
  expect(total).toBe(1)
  expect(entries[0]).toMatchObject({
    by: 'head@kenya.test',
    of: 'Kenya',
    from: '192.0.2.9',
    act: 'proposal.start',
  })
  expect((await auditTrail(db, administrator, { ...all, who: 'Japan' })).total).toBe(1)
  expect((await auditTrail(db, administrator, { ...all, who: '%' })).total).toBe(0)
  const today = new Date().toISOString().slice(0, 10)
  const whole = await auditTrail(db, administrator, all)
  expect((await auditTrail(db, administrator, { ...all, from: today, to: today })).total).toBe(whole.total)
  expect((await auditTrail(db, administrator, { ...all, to: '2000-01-01' })).total).toBe(0)
  expect((await auditEntriesFor(db, administrator, all)).length).toBe(whole.total)
})

test('the command says that it is whole; after a change beneath it, which entry is the first that does not fit', async () => {
  const verify = () =>
    spawnSync(process.execPath, ['--import', 'tsx', path.resolve('server/audit/verify-entry.ts')], {
      env: { ...process.env, DATABASE_URL: url },
      encoding: 'utf8',
    })
  const whole = verify()
  expect(whole.stdout).toMatch(/^The audit trail is whole: \d+ entries\./)
  expect(whole.status).toBe(0)
  await expect(db.execute("update audit_entries set act = 'nothing' where id = 2")).rejects.toThrow()
  await db.execute('alter table audit_entries disable trigger all')
  await db.execute("update audit_entries set act = 'nothing' where id = 2")
  const broken = verify()
  expect(broken.stdout).toContain('broken at entry 2 (nothing of')
  expect(broken.status).toBe(1)
})
