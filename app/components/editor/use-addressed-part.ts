import { useEffect } from 'react'
import { FACTS_PART } from '../../domain/completeness'

/**
 * Goes to the part that the address names (`#market`, `#facts`) once it is there: the browser looked for it before the
 * document was opened. `show` brings a part of a phone's page forward.
 */
export function useAddressedPart(isThere: boolean, show: (pane: 'Text' | 'Key facts') => void): void {
  useEffect(() => {
    const id = decodeURIComponent(window.location.hash.slice(1))
    // Threads of comments are found once they are there.
    if (!isThere || !id || id.startsWith('thread-')) return
    show(id === FACTS_PART ? 'Key facts' : 'Text')
    // After the sections have drawn their text: before, they are all empty and high up.
    const soon = setTimeout(() => document.getElementById(id)?.scrollIntoView({ block: 'start' }), 100)
    return () => clearTimeout(soon)
  }, [isThere, show])
}
