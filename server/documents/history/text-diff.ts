/**
 * What differs between two states of a section, as one tree that shows both: nodes and runs that went or came are
 * marked, everything else stands in both. Without what went it is the later text, without what came the earlier. Pure.
 */
import { isInLine } from '../../../app/collab/schema/names'
import type { Change, HistoryNode } from '../../../app/domain/history'
import { UNSPACED_LETTERS } from '../../../app/domain/words'
import { diffSequence, gaps, type Step } from './sequence-diff'

const WORDS = new RegExp(String.raw`[${UNSPACED_LETTERS}]|[\p{L}\p{N}\p{M}'’]+|\s+|[\s\S]`, 'gu')
/** Blocks that share less than this are two different blocks. */
const ALIKE = 0.35
/** Comparisons of blocks in one gap. */
const MOST_PAIRS = 40_000

export function diffBlocks(before: readonly HistoryNode[], after: readonly HistoryNode[]): HistoryNode[] {
  const nodes: HistoryNode[] = []
  for (const gap of gaps(diffSequence(before, after, keyOf))) {
    if ('same' in gap) nodes.push(gap.same)
    else nodes.push(...diffGap(gap.went, gap.came))
  }
  return nodes
}

/** Blocks that took the place of others: those that are alike are compared word by word. */
function diffGap(went: readonly HistoryNode[], came: readonly HistoryNode[]): HistoryNode[] {
  const nodes: HistoryNode[] = []
  let [x, y] = [0, 0]
  for (const [toX, toY] of [...alikePairs(went, came), [went.length, came.length] as const]) {
    nodes.push(...went.slice(x, toX).map((node) => ({ ...node, change: 'del' as const })))
    nodes.push(...came.slice(y, toY).map((node) => ({ ...node, change: 'ins' as const })))
    const [old, fresh] = [went[toX], came[toY]]
    if (old && fresh) nodes.push(diffNode(old, fresh))
    x = toX + 1
    y = toY + 1
  }
  return nodes
}

function diffNode(before: HistoryNode, after: HistoryNode): HistoryNode {
  const [old, fresh] = [before.content ?? [], after.content ?? []]
  const holdsText = [...old, ...fresh].some(isInLine)
  return { ...after, content: holdsText ? diffText(old, fresh) : diffBlocks(old, fresh) }
}

/** Pairs in the order of both, together as alike as can be. */
function alikePairs(went: readonly HistoryNode[], came: readonly HistoryNode[]): [number, number][] {
  if (went.length * came.length > MOST_PAIRS) return []
  const words = [went, came].map((nodes) => nodes.map(bagOf))
  const best: { score: number; pair: boolean }[][] = []
  const scoreAt = (x: number, y: number) => best[x]?.[y]?.score ?? 0
  for (let x = went.length - 1; x >= 0; x--) {
    const row: { score: number; pair: boolean }[] = []
    best[x] = row
    for (let y = came.length - 1; y >= 0; y--) {
      const alike = likeness(went[x], came[y], words[0]?.[x], words[1]?.[y])
      const paired = alike >= ALIKE ? alike + scoreAt(x + 1, y + 1) : -1
      const apart = Math.max(scoreAt(x + 1, y), scoreAt(x, y + 1))
      row[y] = { score: Math.max(paired, apart), pair: paired >= apart && paired >= 0 }
    }
  }
  const pairs: [number, number][] = []
  for (let x = 0, y = 0; x < went.length && y < came.length; ) {
    if (best[x]?.[y]?.pair) pairs.push([x++, y++])
    else if (scoreAt(x + 1, y) >= scoreAt(x, y + 1)) x++
    else y++
  }
  return pairs
}

/** From 0 to 1: what share of their words two nodes of one kind have in common. */
function likeness(
  before: HistoryNode | undefined,
  after: HistoryNode | undefined,
  old: ReadonlyMap<string, number> | undefined,
  fresh: ReadonlyMap<string, number> | undefined,
): number {
  if (!before || !after || !old || !fresh || before.type !== after.type) return 0
  if (JSON.stringify(before.attrs ?? {}) !== JSON.stringify(after.attrs ?? {})) return 0
  const total = sum(old) + sum(fresh)
  // Both empty, as new cells of a table are: pictures and rules are told apart by their attributes.
  if (total === 0) return before.content || after.content ? 0.5 : 0
  let common = 0
  for (const [word, count] of old) common += Math.min(count, fresh.get(word) ?? 0)
  return (2 * common) / total
}

const sum = (bag: ReadonlyMap<string, number>) => [...bag.values()].reduce((all, count) => all + count, 0)

function bagOf(node: HistoryNode): Map<string, number> {
  const bag = new Map<string, number>()
  for (const [word] of textOf(node).matchAll(WORDS)) {
    if (word.trim() !== '') bag.set(word, (bag.get(word) ?? 0) + 1)
  }
  return bag
}

const textOf = (node: HistoryNode): string => node.text ?? (node.content ?? []).map(textOf).join(' ')

/** Says the same of two nodes that read the same, whoever wrote them. */
function keyOf(node: HistoryNode): string {
  const known = keys.get(node)
  if (known !== undefined) return known
  const runs = sameMarks(node.content ?? []).map((group) =>
    group.text === undefined ? keyOf(group.node) : `${group.marks}${JSON.stringify(group.text)}`,
  )
  const key = `${node.type}${JSON.stringify(node.attrs ?? {})}[${runs.join()}]`
  keys.set(node, key)
  return key
}
const keys = new WeakMap<HistoryNode, string>()

type Group =
  | { text: string; marks: string; runs: HistoryNode[]; node?: undefined }
  | { text?: undefined; node: HistoryNode }

/** Runs of text with the same marks together, whoever wrote them; other nodes alone. */
function sameMarks(nodes: readonly HistoryNode[]): Group[] {
  const groups: Group[] = []
  for (const node of nodes) {
    if (node.text === undefined) {
      groups.push({ node })
      continue
    }
    const marks = JSON.stringify(node.marks ?? [])
    const last = groups.at(-1)
    if (last?.text !== undefined && last.marks === marks) {
      last.text += node.text
      last.runs.push(node)
    } else groups.push({ text: node.text, marks, runs: [node] })
  }
  return groups
}

/** A word, a space, a sign or a node in the line; `runs` are its parts by who wrote them. */
type Token = { key: string; runs: HistoryNode[]; isSpace: boolean }

function tokensOf(nodes: readonly HistoryNode[]): Token[] {
  return sameMarks(nodes).flatMap((group): Token[] => {
    if (group.text === undefined)
      return [{ key: `node ${keyOf(group.node)}`, runs: [group.node], isSpace: false }]
    const cut = cutter(group.runs)
    return [...group.text.matchAll(WORDS)].map(([word]) => ({
      key: `${group.marks} ${word}`,
      runs: cut(word.length),
      isSpace: word.trim() === '',
    }))
  })
}

/** Cuts runs, one after the other, into pieces of given lengths. */
function cutter(runs: readonly HistoryNode[]): (length: number) => HistoryNode[] {
  let [run, offset] = [0, 0]
  return (length) => {
    const parts: HistoryNode[] = []
    for (let left = length; left > 0; ) {
      const node = runs[run]
      const text = node?.text ?? ''
      if (!node) break
      const part = text.slice(offset, offset + left)
      if (part) parts.push({ ...node, text: part })
      left -= part.length
      offset += part.length
      if (offset >= text.length) {
        run++
        offset = 0
      }
    }
    return parts
  }
}

function diffText(before: readonly HistoryNode[], after: readonly HistoryNode[]): HistoryNode[] {
  const steps = bridged(diffSequence(tokensOf(before), tokensOf(after), (token) => token.key))
  const runs: HistoryNode[] = []
  for (const gap of gaps(steps)) {
    if ('same' in gap) for (const run of gap.same.runs) push(runs, run)
    else {
      for (const [tokens, change] of [
        [gap.went, 'del'],
        [gap.came, 'ins'],
      ] as const)
        for (const token of tokens) for (const run of token.runs) push(runs, run, change)
    }
  }
  return runs
}

/** A space alone between two changes belongs to them: one phrase for another, not word by word. */
function bridged(steps: readonly Step<Token>[]): Step<Token>[] {
  return steps.flatMap((step, index): Step<Token>[] => {
    const between = [steps[index - 1], steps[index + 1]]
    if (step.is !== 'same' || !step.after.isSpace) return [step]
    if (between.some((beside) => !beside || beside.is === 'same')) return [step]
    return [
      { is: 'del', before: step.before },
      { is: 'ins', after: step.after },
    ]
  })
}

function push(runs: HistoryNode[], node: HistoryNode, change?: Change): void {
  const last = runs.at(-1)
  const same = last?.by === node.by && last?.movedBy === node.movedBy && last?.change === change
  if (
    last?.text !== undefined &&
    node.text !== undefined &&
    same &&
    JSON.stringify(last.marks ?? []) === JSON.stringify(node.marks ?? [])
  )
    last.text += node.text
  else runs.push({ ...node, ...(change ? { change } : {}) })
}
