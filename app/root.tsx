import sans from '@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2?url'
import serif from '@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2?url'
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useMatches,
  useRouteError,
  useRouteLoaderData,
} from '@remix-run/react'
import { type ReactNode, useContext } from 'react'
import { staysWithHistory } from './components/history/history-address'
import { AppShell } from './components/layout/app-shell'
import { ErrorPage, errorTitle } from './components/layout/error-page'
import { Notices } from './components/layout/notices'
import { NavigationProgress, PageAnnouncer } from './components/layout/progress'
import type { Reader } from './components/layout/reader'
import { useTheme } from './components/layout/theme-switch'
import { respond } from './faults.server'
import { inboxState } from './inbox.server'
import { NonceContext } from './nonce'
import { actorOrNull } from './session.server'
import stylesheet from './styles/app.css?url'
import { themeOf } from './theme.server'

export const links: LinksFunction = () => [
  // Every page shows both: fetched with the style sheet, not after it.
  ...[sans, serif].map((href) => ({
    rel: 'preload',
    href,
    as: 'font' as const,
    type: 'font/woff2',
    crossOrigin: 'anonymous' as const,
  })),
  { rel: 'stylesheet', href: stylesheet },
  { rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' },
  { rel: 'apple-touch-icon', href: '/icon-180.png' },
  { rel: 'manifest', href: '/site.webmanifest' },
]

export const meta: MetaFunction = ({ error }) => [
  { title: error ? errorTitle(error) : 'FORGE partner portal' },
]

/** The history beside a text changes nothing of it. */
export const shouldRevalidate = staysWithHistory

export const loader = ({ request, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const [theme, actor] = await Promise.all([themeOf(request), actorOrNull(request, context)])
    const reader: Reader | null = actor && {
      userId: actor.userId,
      name: actor.name,
      organization: actor.organization,
      inbox: await inboxState(context.portal.db, actor),
    }
    return { theme, reader, requestId: context.requestId }
  })

/** Null where the root loader itself failed: then a page still stands, in the device's colours. */
const useRoot = () => useRouteLoaderData<typeof loader>('root') ?? null

/** A page that asks for no masthead and no menus, as a screen in a hall. */
const isBare = (handle: unknown) =>
  typeof handle === 'object' && handle !== null && 'bare' in handle && handle.bare === true

export function Layout({ children }: { children: ReactNode }) {
  const bare = useMatches().some(({ handle }) => isBare(handle))
  const nonce = useContext(NonceContext)
  const root = useRoot()
  const theme = useTheme(root?.theme ?? 'system')
  return (
    <html lang="en" data-theme={theme === 'system' ? undefined : theme}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={theme === 'system' ? 'light dark' : theme} />
        <Meta />
        <Links />
      </head>
      <body>
        <NavigationProgress />
        <AppShell reader={root?.reader ?? null} theme={root?.theme ?? 'system'} bare={bare}>
          {children}
        </AppShell>
        <PageAnnouncer />
        <Notices />
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  )
}

export default function App() {
  return <Outlet />
}

export function ErrorBoundary() {
  const error = useRouteError()
  return <ErrorPage error={error} requestId={useRoot()?.requestId ?? null} />
}
