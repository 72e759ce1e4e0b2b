/** Who is there, who decides, and whether they are enough. */
import { DECIDING_ROLES } from '../groups'
import type { Item, Motion, SessionState, Vote } from './model'

/** A delegation's name as the session knows it. */
export function nameOf(state: SessionState, delegationId: string | null): string {
  if (delegationId === null) return 'Secretariat'
  return state.delegations[delegationId]?.name ?? 'A delegation'
}

/** Delegations that decide, in the order of their seats. */
export const decidingIds = (state: SessionState): string[] =>
  Object.values(state.delegations)
    .filter(({ seat }) => DECIDING_ROLES.includes(seat))
    .map(({ id }) => id)

export const isHere = (state: SessionState, delegationId: string): boolean =>
  (state.present[delegationId]?.length ?? 0) > 0

/** Deciding delegations in the room: those who are away and gave a proxy do not count towards the quorum. */
export const presentIds = (state: SessionState): string[] =>
  decidingIds(state).filter((id) => isHere(state, id))

/** Those in the room, and those away whose vote somebody in the room holds. */
export const representedIds = (state: SessionState): string[] =>
  decidingIds(state).filter((id) => isHere(state, id) || isHere(state, state.proxies[id] ?? ''))

export const hasQuorum = (state: SessionState): boolean => presentIds(state).length >= state.rules.quorum

export type SaidAttendance = { coming: string[]; away: string[]; silent: string[]; quorum: number }

/** Of the delegations that decide: who said that they come, that they do not, and nothing. */
export function attendanceOf(state: SessionState): SaidAttendance {
  const ids = decidingIds(state)
  const those = (answer: boolean | undefined) => ids.filter((id) => state.attendance[id] === answer)
  return { coming: those(true), away: those(false), silent: those(undefined), quorum: state.rules.quorum }
}

/** In a sentence, with whether they are enough. */
export function attendanceWords({ coming, away, silent, quorum }: SaidAttendance): string {
  const enough =
    coming.length >= quorum
      ? `enough for the quorum of ${quorum}`
      : `${quorum - coming.length} more for the quorum of ${quorum}`
  return `Of those that decide ${coming.length} said that they come (${enough}), ${away.length} that they do not, ${silent.length} nothing yet.`
}

export const openItem = (state: SessionState): Item | null =>
  state.items.find((item) => item.state === 'open') ?? null

const DECIDING: readonly Motion['state'][] = ['consensus', 'papers', 'voting']

/** What is being decided at this moment. */
export const beingDecided = (state: SessionState): Motion | null =>
  state.motions.find((motion) => DECIDING.includes(motion.state)) ?? null

export const motionOf = (state: SessionState, id: string): Motion | null =>
  state.motions.find((motion) => motion.id === id) ?? null

/** Amendments that have to be decided before their motion, the furthest from its text first. */
export const amendmentsOf = (state: SessionState, motionId: string): Motion[] =>
  state.motions
    .filter((one) => one.amends === motionId && one.state === 'seconded')
    .sort((a, b) => b.distance - a.distance || a.at - b.at)

/** Delegations for which somebody may vote: their own and those whose vote it holds. */
export function votersFor(vote: Vote, delegationId: string | null): string[] {
  return vote.entitled.filter((id) => (vote.proxies[id] ?? id) === delegationId)
}
