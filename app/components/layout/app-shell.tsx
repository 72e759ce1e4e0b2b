import { Link, useLocation } from '@remix-run/react'
import { Menu } from 'lucide-react'
import type { ReactNode } from 'react'
import { useSendUnsent } from '../../collab/send-unsent'
import type { Theme } from '../../domain/theme'
import { ReaderZone } from '../ui/date'
import { InboxLink } from './inbox-link'
import { Mark } from './mark'
import { Navigation } from './navigation'
import { Person } from './person'
import type { Reader } from './reader'
import { SearchBox } from './search-box'
import { SignOutButton } from './sign-out-button'
import { ThemeSwitch } from './theme-switch'

/** Masthead, parts of the portal, the page, and the foot. Without a reader there is nothing to navigate. */
export function AppShell({
  reader,
  theme,
  bare = false,
  children,
}: {
  reader: Reader | null
  theme: Theme
  /** The page stands alone. */
  bare?: boolean
  children: ReactNode
}) {
  useSendUnsent(reader?.userId ?? null)
  if (bare)
    return (
      <main id="main" tabIndex={-1} className="outline-none">
        {children}
      </main>
    )
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#main"
        className="sr-only z-50 bg-sheet px-3 py-2 font-semibold text-accent focus:not-sr-only focus:absolute focus:left-2 focus:top-2"
      >
        Skip to the content
      </a>
      <header className="no-print">
        <div className="bg-bar text-on-bar">
          <div className="mx-auto flex min-h-14 w-full max-w-page items-center justify-between gap-4 px-4 sm:px-6">
            <Wordmark />
            {reader ? (
              <div className="flex min-w-0 items-center gap-2 md:gap-5">
                <div className="hidden md:block">
                  <ThemeSwitch theme={theme} on="bar" />
                </div>
                <InboxLink reader={reader} />
                <div className="hidden min-w-0 items-center gap-5 md:flex">
                  <Person reader={reader} on="bar" />
                  <SignOutButton accountId={reader.userId} />
                </div>
                <PhoneMenu reader={reader} theme={theme} />
              </div>
            ) : (
              <ThemeSwitch theme={theme} on="bar" />
            )}
          </div>
        </div>
        {reader ? (
          <div className="hidden border-b border-rule bg-sheet md:block">
            <div className="mx-auto flex w-full max-w-page items-center justify-between gap-4 px-3 sm:px-3">
              <Navigation reader={reader} direction="across" />
              <div className="hidden w-44 pr-3 lg:block">
                <SearchBox withKey />
              </div>
            </div>
          </div>
        ) : null}
      </header>
      <main id="main" tabIndex={-1} className="flex-1 outline-none">
        {children}
      </main>
      <footer className="no-print border-t border-rule">
        <div className="mx-auto flex w-full max-w-page flex-wrap justify-between gap-x-6 gap-y-1 px-4 py-4 text-xs text-muted sm:px-6">
          <p>Forum on Resource Geostrategic Engagement. Partner portal.</p>
          <p>
            Dates are calendar dates; times are in <ReaderZone />.
            {reader ? (
              <>
                {' '}
                <Link to="/exchange-rates" className="link">
                  Exchange rates
                </Link>
              </>
            ) : null}
          </p>
        </div>
      </footer>
    </div>
  )
}

function Wordmark() {
  return (
    <Link
      to="/"
      className="flex shrink-0 items-center gap-2.5 rounded-sm py-1 focus-visible:outline-bar-mark"
    >
      <span className="text-bar-mark">
        <Mark size={30} />
      </span>
      <span className="flex items-baseline gap-2.5">
        <span className="font-serif text-xl font-semibold tracking-[0.14em]">FORGE</span>
        <span className="hidden border-l border-on-bar-muted/50 pl-2.5 text-sm text-on-bar-muted xs:inline">
          Partner portal
        </span>
      </span>
    </Link>
  )
}

/** Opens and closes without scripts; a new page closes it, as does Escape. */
function PhoneMenu({ reader, theme }: { reader: Reader; theme: Theme }) {
  const { key } = useLocation()
  return (
    <details
      key={key}
      className="relative md:hidden"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.currentTarget.open = false
        event.currentTarget.querySelector('summary')?.focus()
      }}
    >
      <summary className="flex min-h-9 list-none items-center gap-2 rounded-sm border border-on-bar-muted/60 px-3 text-sm font-semibold focus-visible:outline-bar-mark [&::-webkit-details-marker]:hidden">
        <Menu aria-hidden="true" className="size-4" />
        Menu
      </summary>
      <div className="absolute right-0 top-full z-30 mt-2 w-[min(20rem,calc(100vw-2rem))] border border-line bg-sheet text-ink shadow-raised">
        <div className="border-b border-rule px-3 py-3">
          <Person reader={reader} on="sheet" />
        </div>
        <div className="border-b border-rule px-3 py-2">
          <SearchBox />
        </div>
        <Navigation reader={reader} direction="down" />
        <div className="flex items-center justify-between gap-3 border-t border-rule px-3 py-2.5">
          <ThemeSwitch theme={theme} on="sheet" />
          <SignOutButton accountId={reader.userId} />
        </div>
      </div>
    </details>
  )
}
