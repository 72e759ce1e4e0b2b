import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { NoticeFilters } from '~/components/inbox/notice-filters'
import { NoticeList } from '~/components/inbox/notice-list'
import { Button, LinkButton } from '~/components/ui/button'
import { EmptyState } from '~/components/ui/empty'
import { Page, PageHeader } from '~/components/ui/page'
import { Pages } from '~/components/ui/pages'
import { isId } from '~/domain/id'
import { noticeFilterFrom } from '~/domain/notices'
import { respond } from '~/faults.server'
import { inboxState, markRead, markUnread, NOTICES_PER_PAGE, noticeList } from '~/inbox.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction = () => [{ title: 'Inbox · FORGE' }]

export const loader = ({ request, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { db } = context.portal
    const filter = noticeFilterFrom(new URL(request.url).searchParams)
    const [{ notices, total }, { unread }] = await Promise.all([
      noticeList(db, actor, filter),
      inboxState(db, actor),
    ])
    return { notices, total, unread, filter, size: NOTICES_PER_PAGE }
  })

export const action = ({ request, context }: ActionFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const form = await request.formData()
    const id = String(form.get('notice') ?? '')
    switch (form.get('act')) {
      case 'all':
        await markRead(context.portal, actor, 'all')
        break
      case 'read':
        await markRead(context.portal, actor, isId(id) ? [id] : [])
        break
      case 'unread':
        await markUnread(context.portal, actor, id)
        break
    }
    return data(null)
  })

export default function Inbox() {
  const { notices, total, unread, filter, size } = useLoaderData<typeof loader>()
  const filtered = filter.unread || filter.topic !== null
  return (
    <Page>
      <PageHeader
        title="Inbox"
        actions={
          <>
            {unread > 0 ? (
              <Form method="post">
                <Button name="act" value="all">
                  Mark all as read
                </Button>
              </Form>
            ) : null}
            <LinkButton to="/deadlines">Deadlines</LinkButton>
            <LinkButton to="/inbox/settings">What you are told</LinkButton>
          </>
        }
      >
        <p>{unread === 0 ? 'Everything is read.' : `${unread} unread.`}</p>
      </PageHeader>
      <NoticeFilters filter={filter} />
      {notices.length ? (
        <>
          <NoticeList notices={notices} />
          <Pages page={filter.page} total={total} size={size} />
        </>
      ) : (
        <EmptyState title={filtered ? 'Nothing of this kind' : 'Nothing has happened yet'}>
          {filtered ? (
            <p>
              <Link className="link" to="/inbox">
                Show everything
              </Link>
            </p>
          ) : (
            <p>
              What concerns you appears here as it happens: proposals that move, reviews and decisions,
              deadlines, and who mentions you.
            </p>
          )}
        </EmptyState>
      )}
    </Page>
  )
}
