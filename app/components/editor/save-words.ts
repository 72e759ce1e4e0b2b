import type { Status } from '../../collab/document-types'

const changes = (count: number) => (count === 1 ? '1 change' : `${count} changes`)

/** The words: "Saved" is said only when everything is committed to the portal's database. */
export function saveWords({ state, pending, kept, storing, refused, aside }: Status): string {
  switch (state) {
    case 'connecting':
      return 'Connecting…'
    case 'saved':
      return 'Saved'
    case 'saving':
      return 'Saving…'
    case 'offline':
      if (pending === 0) return 'Offline'
      if (storing && kept === 'browser') return `Offline, keeping ${changes(pending)} here…`
      return `Offline, ${changes(pending)} kept ${kept === 'browser' ? 'here' : 'in this tab only'}`
    case 'refused':
      return `Not saved: ${changes(refused?.count ?? pending)}`
    case 'aside':
      return `Kept aside: ${changes(aside?.count ?? 0)}`
    case 'closed':
      return 'Closed'
  }
}
