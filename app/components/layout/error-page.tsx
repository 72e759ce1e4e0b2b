import { isRouteErrorResponse, useLocation } from '@remix-run/react'
import type { ReactNode } from 'react'
import { LinkButton } from '../ui/button'
import { Page, PageHeader } from '../ui/page'

/** The window's title for a page that failed. */
export const errorTitle = (error: unknown) => `${tellOf(error).title} · FORGE`

type Told = { title: string; body: ReactNode; again?: boolean }

/** What a fault's reply carries (`app/faults.server.ts`). */
function messageOf(body: unknown): string | null {
  return typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string'
    ? body.message
    : null
}

/** One handler for each status that pages answer with; any other is told as unknown. */
const BY_STATUS: Record<number, (message: string | null) => Told> = {
  // The same words whatever the reason: a thing one may not see must not differ from one that does not exist.
  404: () => ({
    title: 'Not found',
    body: (
      <p>
        There is no such page, or it is not open to you. If a colleague sent you its address, ask them whether
        your delegation has been invited.
      </p>
    ),
  }),
  403: (message) => ({
    title: 'Not open to your role',
    body: (
      <>
        <p>{message ?? 'Your role does not allow this.'}</p>
        <p>The head of your delegation can do it, or can change your role.</p>
      </>
    ),
  }),
  409: (message) => ({
    title: 'Somebody else was faster',
    body: (
      <>
        <p>{message ?? 'What you were working on has changed meanwhile.'}</p>
        <p>Nothing of yours was applied. Load the page again to see how things stand, then decide anew.</p>
      </>
    ),
    again: true,
  }),
  422: (message) => ({
    title: 'That could not be read',
    body: <p>{message ?? 'Something in the address or the form is not as it should be.'}</p>,
  }),
  429: () => ({
    title: 'Too many attempts',
    body: <p>There were too many attempts in a short time. Wait a minute, then try again.</p>,
    again: true,
  }),
  503: (message) => ({
    title: 'Away for a moment',
    body: (
      <p>
        {message ?? 'The portal cannot reach its database. Nothing was changed; try again in a minute.'} What
        you wrote in an open document is kept in your browser.
      </p>
    ),
    again: true,
  }),
}

const UNKNOWN: Told = {
  title: 'Something went wrong',
  body: <p>The portal failed to make this page. It has been recorded, and nothing of yours is lost.</p>,
  again: true,
}

function tellOf(error: unknown): Told {
  const tell = isRouteErrorResponse(error) ? BY_STATUS[error.status] : undefined
  return tell && isRouteErrorResponse(error) ? tell(messageOf(error.data)) : UNKNOWN
}

/** The page shown instead of one that failed. `requestId`: how the log names this request. */
export function ErrorPage({ error, requestId }: { error: unknown; requestId: string | null }) {
  const { pathname, search } = useLocation()
  const told = tellOf(error)
  return (
    <Page narrow>
      <PageHeader title={told.title} />
      <div className="space-y-3">
        {told.body}
        {told === UNKNOWN && requestId ? (
          <p>
            If it happens again, quote this number to the secretariat:{' '}
            <code className="break-all bg-well px-1.5 py-0.5 text-sm">{requestId}</code>
          </p>
        ) : null}
      </div>
      <div className="mt-6 flex flex-wrap gap-2">
        {told.again ? (
          <LinkButton to={pathname + search} reloadDocument variant="primary">
            Try again
          </LinkButton>
        ) : null}
        <LinkButton to="/">Go to the desk</LinkButton>
      </div>
    </Page>
  )
}
