/**
 * Events become state. Pure and total: every event gives a state, also one that does not fit (it changes nothing).
 * What may happen is decided in `decide.ts`; here is only what it means.
 */
import type { SessionEvent } from './events'
import { foldFloor } from './fold-floor'
import { foldMotion } from './fold-motion'
import { type Delegation, EMPTY_SESSION, type Item, type SessionState } from './model'
import { moved } from './order'

/** The state after one more event. */
export function fold(state: SessionState, event: SessionEvent): SessionState {
  return foldSession(state, event) ?? foldFloor(state, event) ?? foldMotion(state, event) ?? state
}

export const foldAll = (events: readonly SessionEvent[], from = EMPTY_SESSION) => events.reduce(fold, from)

const without = <T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([one]) => one !== key))

const changeItem = (state: SessionState, id: string, change: (item: Item) => Item): SessionState => ({
  ...state,
  items: state.items.map((item) => (item.id === id ? change(item) : item)),
})

/** The session itself, who is there, and the agenda. Null: not its concern. */
function foldSession(state: SessionState, { at, body }: SessionEvent): SessionState | null {
  switch (body.is) {
    case 'prepared':
      return { ...state, rules: body.rules }
    case 'announced':
      return { ...state, status: 'announced', rules: body.rules }
    case 'seated':
      return seat(state, body.delegations)
    case 'opened':
      return {
        ...state,
        ...{ status: 'open', openedAt: state.openedAt ?? at, presiding: body.presiding },
        rules: { ...(body.rules ?? state.rules), chatham: state.rules.chatham },
        announcements: body.announcements ?? [],
      }
    case 'suspended':
      return { ...state, status: 'suspended', reason: body.reason }
    case 'resumed':
      return { ...state, status: 'open', reason: null }
    case 'closed':
      return {
        ...state,
        status: 'closed',
        reason: null,
        closedAt: at,
        queueOpen: false,
        hands: [],
        pointer: null,
      }
    case 'minutes_drafted':
      return { ...state, status: 'minutes_draft' }
    case 'minutes_reopened':
      return { ...state, status: 'minutes_draft' }
    case 'minutes_approved':
      return { ...state, status: 'minutes_approved' }
    case 'presided':
      return { ...state, presiding: body.delegationId }
    case 'attendance_said':
      return { ...state, attendance: { ...state.attendance, [body.delegationId]: body.coming } }
    case 'entered': {
      const there = state.present[body.place] ?? []
      const others = there.filter(({ userId }) => userId !== body.person.userId)
      const present = { ...state.present, [body.place]: [...others, body.person] }
      const attended = { ...state.attended, [body.place]: state.attended[body.place] ?? at }
      // Who is back votes again for itself.
      return { ...state, present, attended, proxies: without(state.proxies, body.place) }
    }
    case 'left': {
      const stay = (state.present[body.place] ?? []).filter(({ userId }) => userId !== body.userId)
      const rest = without(state.present, body.place)
      return { ...state, present: stay.length > 0 ? { ...rest, [body.place]: stay } : rest }
    }
    case 'gone':
      return { ...state, present: without(state.present, body.delegationId) }
    case 'proxy_given':
      return { ...state, proxies: { ...state.proxies, [body.of]: body.to } }
    case 'proxy_ended':
      return { ...state, proxies: without(state.proxies, body.of) }
    case 'item_added': {
      const { itemId, title, minutes, documents, proposalId, followUpId = null } = body
      const item: Item = {
        ...{ id: itemId, title, minutes, documents, proposalId, followUpId },
        ...{ state: 'pending', reason: null },
      }
      return { ...state, items: [...state.items, item] }
    }
    case 'item_changed':
      return changeItem(state, body.itemId, (item) => ({ ...item, title: body.title, minutes: body.minutes }))
    case 'item_document':
      return changeItem(state, body.itemId, (item) => ({
        ...item,
        documents: [...item.documents.filter(({ id }) => id !== body.document.id), body.document],
      }))
    case 'item_removed':
      return { ...state, items: state.items.filter(({ id }) => id !== body.itemId) }
    case 'item_moved':
      return { ...state, items: moved(state.items, body.itemId, body.before) }
    case 'item_opened':
      return {
        ...changeItem(state, body.itemId, (item) => ({ ...item, state: 'open', reason: null })),
        spoken: [],
      }
    case 'item_closed':
      return offTheFloor(changeItem(state, body.itemId, (item) => ({ ...item, state: 'closed' })))
    case 'item_adjourned':
      return offTheFloor(
        changeItem(state, body.itemId, (item) => ({ ...item, state: 'adjourned', reason: body.reason })),
      )
    case 'follow_up': {
      const { followUpId: id, number, text, ownerId, due } = body
      return { ...state, followUps: [...state.followUps, { id, number, text, ownerId, due }] }
    }
    case 'pointed':
      return { ...state, pointer: { documentId: body.documentId, place: body.place, at } }
    case 'pointer_ended':
      return { ...state, pointer: null }
    case 'message_sent':
      return { ...state, messages: state.messages + 1 }
    default:
      return null
  }
}

/** Hands are raised on an item. */
const offTheFloor = (state: SessionState): SessionState => ({ ...state, queueOpen: false, hands: [] })

function seat(state: SessionState, delegations: readonly Delegation[]): SessionState {
  return { ...state, delegations: Object.fromEntries(delegations.map((one) => [one.id, one])) }
}
