import { useEffect } from 'react'
import { FACTS_PART } from '../../domain/completeness'

/** So long what stands above the part may still grow: the sections draw their texts one by one. ms. */
const SETTLES_MS = 5000
/** By these the reader goes elsewhere. */
const MOVES = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const

/**
 * Goes to the part that the address names (`#market`, `#facts`) once it is there: the browser looked for it before the
 * document was opened. Stays with it while the page is still being drawn, unless the reader moves. `show` brings a part of
 * a phone's page forward.
 */
export function useAddressedPart(isThere: boolean, show: (pane: 'Text' | 'Key facts') => void): void {
  useEffect(() => {
    const id = decodeURIComponent(window.location.hash.slice(1))
    // Threads of comments are found once they are there.
    if (!isThere || !id || id.startsWith('thread-')) return
    show(id === FACTS_PART ? 'Key facts' : 'Text')
    const part = document.getElementById(id)
    const around = part?.parentElement
    if (!part || !around) return
    const ended = new AbortController()
    const { signal } = ended
    const observer = new ResizeObserver(() => part.scrollIntoView({ block: 'start' }))
    observer.observe(around)
    signal.addEventListener('abort', () => observer.disconnect())
    const settled = setTimeout(() => ended.abort(), SETTLES_MS)
    for (const move of MOVES) {
      window.addEventListener(move, () => ended.abort(), { signal, passive: true, capture: true })
    }
    return () => {
      clearTimeout(settled)
      ended.abort()
    }
  }, [isThere, show])
}
