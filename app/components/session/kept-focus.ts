import { useEffect } from 'react'

/** What is worth standing on, and says where one is. */
const PLACES = 'dialog, li, article, fieldset, section, nav, header, main'

/**
 * Keeps the focus near where it was when what had it goes: a button whose act is done, or that somebody else's act took
 * away. On what is around it, not on the next button: whoever presses twice must not do another act by it.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    const main = document.querySelector('main')
    if (!main) return
    let last: Element | null = null
    /** Around it, the nearest first: taken down while they are there. */
    let around: Element[] = []
    const note = ({ target }: FocusEvent) => {
      if (!(target instanceof Element)) return
      last = target
      around = []
      for (let at = target.parentElement; at && main.contains(at); at = at.parentElement)
        if (at.matches(PLACES)) around.push(at)
    }
    const keep = () => {
      if (!last || document.activeElement !== document.body || isThere(last)) return
      const place = around.find(isThere)
      if (!(place instanceof HTMLElement)) return
      if (!place.hasAttribute('tabindex')) place.tabIndex = -1
      place.focus({ preventScroll: true })
    }
    const watch = new MutationObserver(keep)
    watch.observe(main, { childList: true, subtree: true })
    main.addEventListener('focusin', note)
    return () => {
      watch.disconnect()
      main.removeEventListener('focusin', note)
    }
  }, [])
}

const isThere = (element: Element) => element.isConnected && element.getClientRects().length > 0
