import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ConfigError } from './config'
import { openDataFolder } from './data-folder'

let top: string
beforeEach(async () => {
  top = await mkdtemp(path.join(tmpdir(), 'forge-folder-'))
})
afterEach(() => rm(top, { recursive: true, force: true }))

const modeOf = async (file: string) => (await stat(file)).mode & 0o777

test('it is made for its owner only, with a secret that stays the same', async () => {
  const folder = path.join(top, 'deep/data')
  const first = await openDataFolder(folder, undefined)
  expect(await modeOf(folder)).toBe(0o700)
  expect(await modeOf(path.join(folder, 'auth-secret'))).toBe(0o600)
  expect(first.authSecret).toMatch(/^[\w-]{43}$/)
  expect(await openDataFolder(folder, undefined)).toEqual(first)
})

test('of many first starts at once, all get the same secret', async () => {
  const opened = await Promise.all(Array.from({ length: 20 }, () => openDataFolder(top, undefined)))
  expect(new Set(opened.map((each) => each.authSecret)).size).toBe(1)
  expect(await readdir(top)).toEqual(['auth-secret'])
})

test('a secret that is given is not written down', async () => {
  const given = 'a-secret-of-thirty-two-characters'
  expect((await openDataFolder(top, given)).authSecret).toBe(given)
  expect(await readdir(top)).toEqual([])
})

test('a secret that others could read is closed, one that was cut short is refused', async () => {
  const file = path.join(top, 'auth-secret')
  await writeFile(file, 'x'.repeat(43))
  await chmod(file, 0o644)
  await openDataFolder(top, undefined)
  expect(await modeOf(file)).toBe(0o600)
  await writeFile(file, '')
  await expect(openDataFolder(top, undefined)).rejects.toThrow(ConfigError)
  expect(await readFile(file, 'utf8')).toBe('')
})

test('a path that is no folder is refused by name', async () => {
  const file = path.join(top, 'file')
  await writeFile(file, '')
  await expect(openDataFolder(file, undefined)).rejects.toThrow(`DATA_DIR ${file}`)
  await expect(openDataFolder(path.join(file, 'below'), undefined)).rejects.toThrow('DATA_DIR')
})

test.skipIf(process.getuid?.() === 0)('a folder that may not be written is refused', async () => {
  const folder = path.join(top, 'closed')
  await mkdir(folder, { mode: 0o500 })
  await expect(openDataFolder(folder, undefined)).rejects.toThrow(`DATA_DIR ${folder} cannot be used`)
})
