/** RESULTS.md: sections that parts of the bench write anew, each its own, leaving those of others as they are. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'

const FILE = fileURLToPath(new URL('../RESULTS.md', import.meta.url))
const TITLE = '# The engine beside Hocuspocus'
const HEADING = '## '

/** When, on what machine and with what the figures were made. `node`: the program that ran the servers. */
export function provenance(node: string, how: string): string {
  const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim()
  const date = new Date().toISOString().slice(0, 10)
  return `${date}, ${cpus().length} cores (${cpus()[0]?.model}), Node ${version}, PostgreSQL 18, ${how}.`
}

/** Puts a section into the file in place of the one of the same heading, or at its end, and prints it. */
export function writeSection(heading: string, lines: readonly string[]): void {
  const text = [`${HEADING}${heading}`, '', ...lines, ''].join('\n')
  const before = existsSync(FILE) ? readFileSync(FILE, 'utf8') : ''
  const sections = before.split(/^(?=## )/m).filter((section) => section.startsWith(HEADING))
  const at = sections.findIndex((section) => section.startsWith(`${HEADING}${heading}\n`))
  if (at < 0) sections.push(text)
  else sections[at] = text
  writeFileSync(FILE, [`${TITLE}\n`, ...sections.map((section) => `${section.trimEnd()}\n`)].join('\n'))
  process.stdout.write(`\n${text}\n`)
}

/** A row of a table in Markdown. */
export const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`

/** The middle one; of an even number the upper of the two. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

/** Milliseconds as the tables give them. */
export const ms = (value: number): string => value.toFixed(value < 100 ? 1 : 0)
