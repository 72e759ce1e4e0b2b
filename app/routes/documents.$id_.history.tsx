import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { HistoryView } from '~/components/history/history-view'
import { type HistoryAnswer, SHOWS, type Show } from '~/components/history/shown'
import { MarkingBadge } from '~/components/ui/badge'
import { Page, PageHeader } from '~/components/ui/page'
import { PrintMarking } from '~/components/ui/print-marking'
import { documentFor, nameVersion, pathOf, readHistory, restoreVersion } from '~/documents.server'
import { type FieldProblems, isFault } from '~/domain/fault'
import { versionName } from '~/domain/history'
import { respond } from '~/faults.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `History: ${page?.title ?? 'Document'} · FORGE` },
]

const isShow = (value: unknown): value is Show => typeof value === 'string' && value in SHOWS
const seqOf = (text: string | null) => (text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null)

export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const query = new URL(request.url).searchParams
    const wanted = query.get('show')
    const show = isShow(wanted) ? wanted : 'changes'
    const chosenFrom = seqOf(query.get('from'))
    const { document, ...history } = await readHistory(context.portal, actor, params.id ?? '', {
      at: seqOf(query.get('at')),
      from: chosenFrom,
      compare: show === 'changes',
    })
    return {
      ...history,
      versions: history.versions.map((version) => ({ ...version, at: version.at.toISOString() })),
      show,
      chosenFrom,
      title: document.title,
      marking: document.scope.marking,
      hasFacts: document.kind === 'proposal',
      back: pathOf(document),
    }
  })

export const action = ({ request, params, context }: ActionFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { portal, from } = context
    const id = params.id ?? ''
    const form = Object.fromEntries(await request.formData())
    const seq = seqOf(String(form.seq)) ?? 0
    const refuse = (message: string | null, fields: FieldProblems = {}) =>
      data<HistoryAnswer>(
        { done: false, seq, message, fields, name: String(form.name ?? '') },
        { status: 422 },
      )
    /** The page goes to a moment; a panel is told of it, and goes there by itself. */
    const goTo = (moment: number | null) => {
      if (form.beside) return data<HistoryAnswer>({ done: true, seq: moment })
      throw redirect(`/documents/${id}/history${moment === null ? '' : `?at=${moment}`}`)
    }
    try {
      switch (form.act) {
        case 'name': {
          const name = versionName.safeParse(form.name)
          // Who may not read it is told nothing else.
          await documentFor(portal.db, actor, id, 'read')
          if (!name.success) {
            const problems = name.error.issues.map((issue) => issue.message)
            return refuse(null, { name: problems })
          }
          await nameVersion(portal.db, actor, id, { seq, name: name.data }, from)
          break
        }
        case 'remove':
          await nameVersion(portal.db, actor, id, { seq, name: null }, from)
          break
        case 'restore':
          await restoreVersion(portal, actor, id, seq, from)
          return goTo(null)
        default:
          await documentFor(portal.db, actor, id, 'read')
          return refuse('This page does not know that act. Load it again.')
      }
    } catch (error) {
      if (isFault(error) && (error.fault === 'conflict' || error.fault === 'invalid'))
        return refuse(error.message, error.fields)
      throw error
    }
    return goTo(seq)
  })

export default function History() {
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <Page>
      <PrintMarking marking={page.marking} title={page.title} />
      <PageHeader eyebrow={<Link to={page.back}>{page.title}</Link>} title="History">
        <MarkingBadge marking={page.marking} />
      </PageHeader>
      <HistoryView page={page} answer={answer} loading={useNavigation().state === 'loading'} />
    </Page>
  )
}
