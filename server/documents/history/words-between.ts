/** Which words came and went between two states of one text: counted as they stand, wherever they stand. */
import { countWords, UNSPACED_LETTERS } from '../../../app/domain/words'

const WORD_LETTER = /[\p{L}\p{N}\p{M}'’]/u
/** A word; of scripts without spaces, one character. */
const TOKEN = new RegExp(String.raw`[${UNSPACED_LETTERS}]|[\p{L}\p{N}\p{M}'’]+`, 'gu')
const UNSPACED = new RegExp(`^[${UNSPACED_LETTERS}]$`, 'u')
/** Characters of such scripts that make a word, more or less. */
const UNSPACED_WORD = 2

/** By word, how many more there are than before; fewer is negative. Sums of them are of a whole sitting. */
export type WordSums = Map<string, number>

/** Adds what changed from `before` to `after`. Only the part that differs is read. */
export function addWordsBetween(sums: WordSums, before: string, after: string): void {
  const most = Math.min(before.length, after.length)
  let start = 0
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++
  let tail = 0
  while (
    tail < most - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail++
  // Back to where a word begins, and on to where one ends.
  while (start > 0 && WORD_LETTER.test(before.charAt(start - 1))) start--
  while (tail > 0 && WORD_LETTER.test(before.charAt(before.length - tail))) tail--
  add(sums, before.slice(start, before.length - tail), -1)
  add(sums, after.slice(start, after.length - tail), 1)
}

function add(sums: WordSums, text: string, by: 1 | -1): void {
  for (const [word] of text.matchAll(TOKEN)) {
    const sum = (sums.get(word) ?? 0) + by
    if (sum === 0) sums.delete(word)
    else sums.set(word, sum)
  }
}

export function cameAndWent(sums: WordSums): { came: number; went: number } {
  const total = { came: 0, went: 0, cameUnspaced: 0, wentUnspaced: 0 }
  for (const [word, sum] of sums) {
    if (UNSPACED.test(word)) total[sum > 0 ? 'cameUnspaced' : 'wentUnspaced'] += Math.abs(sum)
    else total[sum > 0 ? 'came' : 'went'] += Math.abs(sum) * countWords(word)
  }
  return {
    came: total.came + Math.ceil(total.cameUnspaced / UNSPACED_WORD),
    went: total.went + Math.ceil(total.wentUnspaced / UNSPACED_WORD),
  }
}
