import { useCallback, useSyncExternalStore } from 'react'

const notYet = () => false

/** Whether a media query holds, as it changes; false on the server and on the first render. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const media = window.matchMedia(query)
      media.addEventListener('change', listener)
      return () => media.removeEventListener('change', listener)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches, notYet)
}
