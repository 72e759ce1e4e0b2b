/**
 * Where the moments of a history lead. On its own page an address is `?at=5`; in the panel beside a text it is
 * `?history&at=5`, and takes the place of the one before, so that Back closes the panel whatever was looked at in it.
 */
import { type ShouldRevalidateFunction, useLocation, useNavigate } from '@remix-run/react'
import { createContext, useContext } from 'react'
import { momentQuery, type Show } from './shown'

type Moment = { at: number; from: number | null; show: Show }

const OPEN = 'history'
const PANEL_KEYS = [OPEN, 'at', 'from', 'show']

type MomentAddress = {
  query: (moment: Moment) => string
  /** How its links are followed. */
  link: { preventScrollReset: true; replace?: true; state?: unknown }
}

export const MomentAddressContext = createContext<MomentAddress>({
  query: momentQuery,
  link: { preventScrollReset: true },
})
export const useMomentAddress = () => useContext(MomentAddressContext)

/** The address that opens the panel; the state says that Back leads to the text alone. */
export const HISTORY_PANEL = {
  to: `?${OPEN}`,
  state: { openedHere: OPEN },
  preventScrollReset: true,
} as const

const openedHere = (state: unknown) =>
  typeof state === 'object' && state !== null && 'openedHere' in state && state.openedHere === OPEN

/** The panel, as the address has it. */
export function useHistoryPanel() {
  const { search, pathname, state } = useLocation()
  const navigate = useNavigate()
  const query = new URLSearchParams(search)
  const isOpen = query.has(OPEN)
  query.delete(OPEN)
  const link = { preventScrollReset: true, replace: true, state } as const
  return {
    isOpen,
    /** What is asked of the history, as its own page is asked. */
    asked: query.size > 0 ? `?${query}` : '',
    address: {
      query: (moment: Moment) => momentQuery(moment).replace('?', `?${OPEN}&`),
      link,
    } satisfies MomentAddress,
    open: () => navigate(HISTORY_PANEL.to, HISTORY_PANEL),
    /** Shows a moment; null: the text as it is now. */
    show: (at: number | null) => navigate(at === null ? `?${OPEN}` : `?${OPEN}&at=${at}`, link),
    close: () => (openedHere(state) ? navigate(-1) : navigate(pathname, { ...link, state: null })),
  }
}

/** Of a page with the panel: its own data stays while only the panel opens, closes or shows another moment. */
export const staysWithHistory: ShouldRevalidateFunction = ({
  currentUrl,
  nextUrl,
  formMethod,
  defaultShouldRevalidate,
}) => {
  const own = ({ pathname, searchParams }: URL) => {
    const rest = new URLSearchParams(searchParams)
    for (const key of PANEL_KEYS) rest.delete(key)
    return `${pathname}?${rest}`
  }
  const isOnlyHistory = currentUrl.search !== nextUrl.search && own(currentUrl) === own(nextUrl)
  return formMethod === undefined && isOnlyHistory ? false : defaultShouldRevalidate
}
