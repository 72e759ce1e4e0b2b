/**
 * Merges the entries of a log by author and minute [R33]. Nothing that can be asked of the log answers differently
 * afterwards: who wrote which character, who moved it, when somebody sat down and stopped, and the text at every such
 * moment, at every named version and before and after one was brought back.
 *
 * Entries are taken in windows: of one minute, and within no moment that has to stay. In a window each author's entries
 * become one, as long as they stand for themselves; one that builds on what another author wrote in the same window
 * begins the next. So the merged ones may be applied in any order, and no character waits for another.
 */
import { encodePlaces, type Key } from '../../channels/core/places'
import { readUpdate, type UpdateShape } from '../../channels/core/read-update'
import type { CompactAsk, Compacted } from '../worker-protocol'
import { type Merged, writeChunk } from './chunk'
import { mergeEntries } from './merge-entries'
import { unpackLog } from './packed-log'
import { type LogLine, type Move, momentsOf, replay } from './replay'

const MINUTE = 60_000

type Group = Omit<Merged, 'data' | 'moves'> & { author: string; updates: Uint8Array[]; moves: Move[] }

export function compact({ log, upTo, pins }: CompactAsk): Compacted {
  const lines = unpackLog(log)
  const whole = lines.slice(0, lines.length - log.lines.length)
  const fresh = lines.slice(whole.length).filter(({ seq }) => seq <= upTo)
  const [first, last] = [fresh[0]?.seq, fresh.at(-1)?.seq]
  if (first === undefined || last === undefined) return null
  const stays = new Set([...pins, ...momentsOf(lines), last])
  const moved = movesIn([...whole, ...fresh], log)
  const records = windowsOf(fresh, stays).flatMap((window) => merge(window, moved))
  return { first, last, chunk: writeChunk(records), writers: keysOf(log, last) }
}

/** What each entry moved, by seq. */
function movesIn(lines: readonly LogLine[], { owners }: CompactAsk['log']): Map<number, readonly Move[]> {
  const moves = new Map<number, readonly Move[]>()
  replay(
    { lines, owners: new Map(owners) },
    new Set(),
    () => {},
    (line, found) => moves.set(line.seq, found),
  )
  return moves
}

const authorOf = ({ userId, organizationId }: LogLine) => JSON.stringify([userId, organizationId])

function windowsOf(lines: readonly LogLine[], stays: ReadonlySet<number>): LogLine[][] {
  const windows: LogLine[][] = []
  let written = new Written()
  let before: LogLine | undefined
  for (const line of lines) {
    const shape = shapeOf(line)
    const goesOn =
      before !== undefined &&
      !stays.has(before.seq) &&
      Math.floor(before.at / MINUTE) === Math.floor(line.at / MINUTE) &&
      before.restored === line.restored &&
      !written.isNeeded(shape, authorOf(line))
    if (goesOn) windows.at(-1)?.push(line)
    else {
      windows.push([line])
      written = new Written()
    }
    written.add(shape, authorOf(line))
    before = line
  }
  return windows
}

/** What was written in a window, by whom. */
class Written {
  readonly #clients = new Map<number, { start: number; author: string }>()

  add({ ranges }: UpdateShape, author: string): void {
    for (const { client, start } of ranges) {
      if (!this.#clients.has(client)) this.#clients.set(client, { start, author })
    }
  }

  /** Whether somebody else's part of it is built on, or deleted. */
  isNeeded({ ranges, needs, deletes }: UpdateShape, author: string): boolean {
    const isTheirs = (client: number, clock: number) => {
      const known = this.#clients.get(client)
      return known !== undefined && known.author !== author && clock >= known.start
    }
    return (
      ranges.some(({ client, start }) => isTheirs(client, start)) ||
      needs.some(({ client, on }) => isTheirs(client, on)) ||
      deletes.some(({ client, end }) => isTheirs(client, end - 1))
    )
  }
}

function shapeOf({ seq, data }: LogLine): UpdateShape {
  const read = readUpdate(data)
  if (!read.ok) throw new Error(`entry ${seq} cannot be read: ${read.why}`)
  return read.shape
}

function merge(window: readonly LogLine[], moved: ReadonlyMap<number, readonly Move[]>): Merged[] {
  const groups = new Map<string, Group>()
  for (const line of window) {
    const { seq, userId, organizationId, at, data } = line
    const author = authorOf(line)
    const group = groups.get(author) ?? {
      ...{ author, userId, organizationId, from: seq, seq, at, until: at },
      ...{ updates: [], moves: [] },
    }
    groups.set(author, group)
    group.seq = seq
    group.until = at
    group.updates.push(data)
    group.moves.push(...(moved.get(seq) ?? []))
  }
  return [...groups.values()].map(({ author: _, updates, moves, ...record }) => ({
    ...record,
    data: mergeEntries(updates),
    moves: moves.sort((a, b) => a.client - b.client || a.clock - b.clock),
  }))
}

function keysOf({ lines }: CompactAsk['log'], last: number): NonNullable<Compacted>['writers'] {
  const writers = new Map<string, { userId: string; keys: Key[] }>()
  for (const { seq, userId, key } of lines) {
    if (!key || seq > last) continue
    const [writer, ref] = key
    const known = writers.get(writer)
    if (known) known.keys.push({ ref, seq })
    else writers.set(writer, { userId, keys: [{ ref, seq }] })
  }
  return [...writers].map(([writer, { userId, keys }]) => ({
    ...{ writer, userId, refs: rangesOf(keys.map(({ ref }) => ref)), places: encodePlaces(keys) },
  }))
}

function rangesOf(numbers: readonly number[]): [from: number, to: number][] {
  const ranges: [number, number][] = []
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const last = ranges.at(-1)
    if (last && last[1] === number) last[1] = number + 1
    else ranges.push([number, number + 1])
  }
  return ranges
}
