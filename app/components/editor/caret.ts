/**
 * A colleague's caret: a bar in their colour with a head; their flag, name and delegation show when it moves or is
 * pointed at, and go after a while, so that they do not lie over the text one reads.
 */
import type { FragmentAwareness } from '../../collab/carets'

const SHOWN_MS = 4000

export function drawCaret(user: Record<string, unknown>): HTMLElement {
  const color = typeof user.color === 'string' ? user.color : '#444444'
  const caret = window.document.createElement('span')
  caret.className = 'caret caret-named'
  caret.style.setProperty('--caret', color)
  // Who writes where is said beside the text; read out within a sentence it would only disturb.
  caret.setAttribute('aria-hidden', 'true')
  if (typeof user.userId === 'string') caret.dataset.user = user.userId
  const label = window.document.createElement('span')
  label.className = 'caret-label'
  if (typeof user.partnerIso2 === 'string' && /^[A-Z]{2}$/.test(user.partnerIso2)) {
    const flag = window.document.createElement('img')
    flag.src = `/flags/${user.partnerIso2.toLowerCase()}.svg`
    flag.alt = ''
    flag.width = 16
    flag.height = 12
    label.append(flag)
  }
  const name = typeof user.name === 'string' ? user.name : 'Somebody'
  const organization = typeof user.organization === 'string' ? user.organization : ''
  label.append(organization ? `${name}, ${organization}` : name)
  caret.append(label)
  return caret
}

/**
 * Shows the name of each caret that moves, for a while, and on the side where there is room. The carets' elements are
 * ProseMirror's and are used again when they move, so this looks them up. Out: what ends it.
 */
export function nameMovingCarets(awareness: FragmentAwareness, text: HTMLElement): () => void {
  const timers = new Map<string, ReturnType<typeof setTimeout>>()
  const caretsOf = (user: string) =>
    text.querySelectorAll<HTMLElement>(`.caret[data-user="${CSS.escape(user)}"]`)

  function name(user: string) {
    clearTimeout(timers.get(user))
    for (const caret of caretsOf(user)) {
      caret.classList.add('caret-named')
      turn(caret, text)
    }
    timers.set(
      user,
      setTimeout(() => {
        timers.delete(user)
        for (const caret of caretsOf(user)) caret.classList.remove('caret-named')
      }, SHOWN_MS),
    )
  }

  const onChange = ({ added, updated }: { added: number[]; updated: number[] }) => {
    const moved = [...added, ...updated].flatMap((client) => awareness.states.get(client)?.user?.userId ?? [])
    // After the editor has drawn them.
    if (moved.length) requestAnimationFrame(() => moved.forEach(name))
  }
  awareness.on('change', onChange)
  for (const { user } of awareness.states.values()) if (user?.userId) name(user.userId)
  return () => {
    awareness.off('change', onChange)
    for (const timer of timers.values()) clearTimeout(timer)
  }
}

/** The name goes to the left where there is no room to the right. */
function turn(caret: HTMLElement, text: HTMLElement) {
  const label = caret.querySelector<HTMLElement>('.caret-label')
  if (!label) return
  const room = text.getBoundingClientRect().right - caret.getBoundingClientRect().left
  caret.classList.toggle('caret-left', label.offsetWidth > room)
}
