/** The session itself: its states, who is there, who presides, who votes for whom. */
import type { Decide, Who, World } from './decide-types'
import { type Decision, happen, refuse } from './decision'
import { endOfSpeeches } from './floor-ends'
import { SECRETARIAT, type SessionState } from './model'
import { beingDecided, decidingIds, isHere, openItem } from './present'

export const decideMeeting: Decide = (state, act, who, world) => {
  switch (act.act) {
    case 'announce':
      return announce(state, world)
    case 'open':
      return open(state, who, world)
    case 'suspend':
      if (beingDecided(state)) return refuse('A decision is being taken: conclude or cancel it first.')
      return happen(...(state.floor?.since ? [{ is: 'clock_stopped' as const }] : []), {
        is: 'suspended',
        reason: act.reason,
      })
    case 'resume':
      return state.status === 'suspended' ? happen({ is: 'resumed' }) : refuse('It is not suspended.')
    case 'close':
      return close(state)
    case 'draft_minutes':
      return state.status === 'closed'
        ? happen({ is: 'minutes_drafted' })
        : refuse('Minutes are drafted once the session is closed.')
    case 'correct_minutes':
      return state.status === 'minutes_approved'
        ? happen({ is: 'minutes_reopened', reason: act.reason })
        : refuse('Only approved minutes are corrected; a draft is written on.')
    case 'say_attendance':
      return sayAttendance(state, who, act.coming)
    case 'enter':
      return enter(state, who)
    case 'leave': {
      const place = who.delegationId ?? SECRETARIAT
      const there = state.present[place]?.some(({ userId }) => userId === who.userId)
      return there ? happen({ is: 'left', place, userId: who.userId }) : happen()
    }
    case 'note_gone':
      return isHere(state, act.delegationId)
        ? happen({ is: 'gone', delegationId: act.delegationId })
        : refuse('Nobody of that delegation is in the room.')
    case 'preside':
      return preside(state, who)
    case 'give_proxy':
      return giveProxy(state, who, act.to)
    case 'end_proxy':
      return who.delegationId && state.proxies[who.delegationId]
        ? happen({ is: 'proxy_ended', of: who.delegationId })
        : refuse('Your delegation has given its vote to nobody.')
    default:
      return null
  }
}

function announce(state: SessionState, { notice, rules = state.rules }: World): Decision {
  if (state.status !== 'draft') return refuse('It was announced already.')
  if (state.items.length === 0) return refuse('The agenda is empty: add what is to be dealt with.')
  if (notice && notice.startsAt < notice.earliest)
    return refuse('It starts earlier than the group’s notice allows: choose a later start.')
  return happen({ is: 'announced', rules })
}

function open(state: SessionState, who: Who, { rules, announcements }: World): Decision {
  if (state.status !== 'announced') return refuse('Only an announced session is opened.')
  const chair = Object.values(state.delegations).find(({ seat }) => seat === 'chair')
  const own = who.delegationId !== null && who.may.preside ? who.delegationId : null
  const presiding = own ?? chair?.id
  if (!presiding) return refuse('The group has no chair: a vice-chair has to open the session.')
  return happen({ is: 'opened', presiding, rules, announcements })
}

function close(state: SessionState): Decision {
  if (state.status !== 'open' && state.status !== 'suspended') return refuse('The session is not open.')
  if (beingDecided(state)) return refuse('A decision is being taken: conclude or cancel it first.')
  if (openItem(state)) return refuse('An item of the agenda is open: close or adjourn it first.')
  return happen(...endOfSpeeches(state), { is: 'closed' })
}

function sayAttendance(state: SessionState, { delegationId }: Who, coming: boolean): Decision {
  if (!delegationId) return refuse('Delegations say whether they come.')
  if (state.status !== 'announced')
    return refuse('Whether a delegation comes is said after the session is announced and before it opens.')
  if (state.attendance[delegationId] === coming) return happen()
  return happen({ is: 'attendance_said', delegationId, coming })
}

const WITH_A_ROOM: readonly SessionState['status'][] = ['announced', 'open', 'suspended']

function enter(state: SessionState, who: Who): Decision {
  if (!WITH_A_ROOM.includes(state.status)) return refuse('The room is not open.')
  const place = who.delegationId ?? SECRETARIAT
  if (state.present[place]?.some(({ userId }) => userId === who.userId)) return happen()
  return happen({ is: 'entered', place, person: { userId: who.userId, name: who.name } })
}

function preside(state: SessionState, who: Who): Decision {
  if (state.status !== 'open' && state.status !== 'suspended') return refuse('The session is not open.')
  if (!who.delegationId || state.presiding === who.delegationId)
    return refuse('Your delegation presides already.')
  return happen({ is: 'presided', delegationId: who.delegationId })
}

function giveProxy(state: SessionState, who: Who, to: string): Decision {
  const of = who.delegationId
  if (state.status === 'closed' || !of) return refuse('There is nothing to vote on any more.')
  if (state.rules.proxies === 0)
    return refuse('The group’s rules allow nobody to vote for another delegation.')
  if (of === to || !decidingIds(state).includes(to)) return refuse('Choose another member of the group.')
  if (state.proxies[to]) return refuse('That delegation has given its own vote away.')
  const held = Object.entries(state.proxies).filter(([from, holder]) => holder === to && from !== of)
  if (held.length >= state.rules.proxies)
    return refuse(`That delegation holds ${held.length} of the ${state.rules.proxies} that the rules allow.`)
  if (Object.values(state.proxies).includes(of))
    return refuse('Your delegation votes for another: it cannot give its vote away.')
  if (beingDecided(state)) return refuse('A decision is being taken: who votes for whom cannot change now.')
  return happen({ is: 'proxy_given', of, to })
}
