import { DrizzleQueryError } from 'drizzle-orm/errors'
import { DatabaseError } from 'pg'
import { expect, test } from 'vitest'
import { createLog } from './log'

function written(log: (logger: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = []
  log(createLog('info', { write: (line) => lines.push(line) }))
  return lines.join('')
}

test('an error of the database is told without a value of its query or of a row', () => {
  const cause = Object.assign(new DatabaseError('a rule was broken', 10, 'error'), {
    code: '23505',
    detail: 'Key (name)=(words of a delegation) exists',
    client: { password: 'secret' },
  })
  const line = written((log) =>
    log.error(
      { err: new DrizzleQueryError('insert into x values ($1)', ['words of a delegation'], cause) },
      'no',
    ),
  )
  expect(line).toContain('23505')
  expect(line).toContain('a rule was broken')
  expect(line).not.toContain('words of a delegation')
  expect(line).not.toContain('secret')
})

test('passwords, tokens and cookies are struck out', () => {
  const line = written((log) =>
    log.info({ password: 'pw-1', mail: { token: 'tk-2' }, req: { headers: { cookie: 'ck-3' } } }, 'x'),
  )
  for (const secret of ['pw-1', 'tk-2', 'ck-3']) expect(line).not.toContain(secret)
})
