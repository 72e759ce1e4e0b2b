/** What follows from a vote, with its arithmetic in words. */
import {
  BASE_LABEL,
  CHOICES,
  type Choice,
  type Counts,
  FEWEST_SECRET,
  type Majority,
  type Vote,
} from './model'

export function countOf(choices: readonly Choice[]): Counts {
  const counts: Counts = { yes: 0, no: 0, abstain: 0 }
  for (const choice of choices) counts[choice]++
  return counts
}

/** The least number of yes votes that is a majority of so many. At least one. */
export function neededOf(majority: Majority, base: number): number {
  const least = majority === 'simple' ? Math.floor(base / 2) + 1 : Math.ceil((base * 2) / 3)
  return Math.max(1, least)
}

export type Verdict = { counts: Counts; adopted: boolean; arithmetic: string; void: string | null }

/** The verdict over a vote that closes. Abstentions count towards nothing but a base of those present or entitled. */
export function verdictOf(
  vote: Pick<Vote, 'method' | 'majority' | 'base' | 'entitled' | 'present'>,
  choices: readonly Choice[],
): Verdict {
  const none: Counts = { yes: 0, no: 0, abstain: 0 }
  if (vote.method === 'secret' && choices.length < FEWEST_SECRET)
    return {
      ...{ counts: none, adopted: false, arithmetic: '' },
      void: `Fewer than ${FEWEST_SECRET} ballots were cast: counting them would tell how somebody voted. They were destroyed uncounted.`,
    }
  const counts = countOf(choices)
  const bases = {
    voting: counts.yes + counts.no,
    present: vote.present.length,
    entitled: vote.entitled.length,
  }
  const base = bases[vote.base]
  const needed = neededOf(vote.majority, base)
  const adopted = counts.yes >= needed
  const part = vote.majority === 'simple' ? 'more than half' : 'two thirds'
  const arithmetic = `${CHOICES.map((choice) => `${counts[choice]} ${choice}`).join(', ')}. Needed: ${part} of ${base} (${BASE_LABEL[vote.base]}), which is ${needed}. ${counts.yes} ${adopted ? '≥' : '<'} ${needed}: ${adopted ? 'adopted' : 'not adopted'}.`
  return { counts, adopted, arithmetic, void: null }
}
