/** The agenda: items in order, one open at a time; what follows from decisions; what the chair shows. */
import type { Decide } from './decide-types'
import { type Decision, happen, refuse } from './decision'
import { endOfSpeeches } from './floor-ends'
import type { Item, SessionState } from './model'
import { beingDecided, openItem } from './present'

const CHANGES: readonly SessionState['status'][] = ['draft', 'announced', 'open', 'suspended']

export const decideAgenda: Decide = (state, act, _who, world) => {
  switch (act.act) {
    case 'add_item':
      if (!CHANGES.includes(state.status)) return refuse('The agenda is closed.')
      if (state.items.length >= 60) return refuse('An agenda holds at most 60 items.')
      return happen({
        is: 'item_added',
        itemId: world.newId(),
        title: act.title,
        minutes: act.minutes,
        documents: world.document ? [world.document] : [],
        ...{ proposalId: act.proposalId, followUpId: act.followUpId },
      })
    case 'change_item': {
      const { itemId, title, minutes, was } = act
      return withItem(state, itemId, (item) => {
        if (item.state === 'closed') return refuse('The item is closed.')
        if (was && (was.title !== item.title || was.minutes !== item.minutes))
          return refuse(`Somebody changed it meanwhile: it is “${item.title}” now. Look at theirs first.`)
        return happen({ is: 'item_changed', itemId, title, minutes })
      })
    }
    case 'attach_document': {
      const { document } = world
      if (!document) return refuse('There is no such document, or it is not open to you.')
      return withItem(state, act.itemId, () => happen({ is: 'item_document', itemId: act.itemId, document }))
    }
    case 'remove_item':
      return withItem(state, act.itemId, (item) =>
        item.state === 'pending' && !state.motions.some(({ itemId }) => itemId === item.id)
          ? happen({ is: 'item_removed', itemId: item.id })
          : refuse('It was dealt with: only an item that is still to come is removed.'),
      )
    case 'move_item':
      return withItem(state, act.itemId, () =>
        happen({ is: 'item_moved', itemId: act.itemId, before: act.before }),
      )
    case 'open_item':
      return openOne(state, act.itemId)
    case 'close_item':
      return endItem(state, act.itemId, { is: 'item_closed', itemId: act.itemId })
    case 'adjourn_item':
      return endItem(state, act.itemId, { is: 'item_adjourned', itemId: act.itemId, reason: act.reason })
    case 'follow_up': {
      const { number, text, ownerId, due } = act
      if (!state.motions.some((motion) => motion.number === number))
        return refuse('There is no such decision of this session.')
      if (!state.delegations[ownerId]) return refuse('Choose a delegation of the group.')
      return happen({ is: 'follow_up', followUpId: world.newId(), number, text, ownerId, due })
    }
    case 'point': {
      const shown = state.items.some((item) => item.documents.some(({ id }) => id === act.documentId))
      return shown
        ? happen({ is: 'pointed', documentId: act.documentId, place: act.place })
        : refuse('Attach the document to an item of the agenda first.')
    }
    case 'end_pointer':
      return happen(...(state.pointer ? [{ is: 'pointer_ended' as const }] : []))
    case 'message':
      return happen({ is: 'message_sent' })
    default:
      return null
  }
}

function withItem(state: SessionState, id: string, decision: (item: Item) => Decision): Decision {
  if (!CHANGES.includes(state.status)) return refuse('The agenda is closed.')
  const item = state.items.find((one) => one.id === id)
  return item ? decision(item) : refuse('There is no such item on the agenda.')
}

function openOne(state: SessionState, id: string): Decision {
  return withItem(state, id, (item) => {
    const open = openItem(state)
    if (open) return refuse(`“${open.title}” is open: close or adjourn it first.`)
    if (item.state === 'closed') return refuse('The item is closed.')
    return happen({ is: 'item_opened', itemId: id }, { is: 'queue_opened' })
  })
}

function endItem(
  state: SessionState,
  id: string,
  end: { is: 'item_closed'; itemId: string } | { is: 'item_adjourned'; itemId: string; reason: string },
): Decision {
  return withItem(state, id, (item) => {
    if (item.state !== 'open') return refuse('The item is not open.')
    if (beingDecided(state)) return refuse('A decision is being taken: conclude or cancel it first.')
    return happen(...endOfSpeeches(state), end)
  })
}
