import {
  type ActionFunctionArgs,
  data as answer,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { Aside } from '~/components/documents/aside'
import { Grants } from '~/components/documents/grants'
import { NewPart, PartAudiences } from '~/components/documents/part-settings'
import { RestrictedParts } from '~/components/documents/restricted-parts'
import { Button } from '~/components/ui/button'
import { SelectField, TextField } from '~/components/ui/field'
import { FormErrors } from '~/components/ui/form-errors'
import { Page, PageHeader, Section } from '~/components/ui/page'
import {
  acceptAside,
  audiencesForm,
  delegationsToInvite,
  discardAside,
  documentFor,
  grant,
  grantForm,
  markDocument,
  markForm,
  nameAudiences,
  partForm,
  partLines,
  pathOf,
  readAside,
  renameDocument,
  startPart,
  withdrawGrant,
} from '~/documents.server'
import { type FieldProblems, isFault } from '~/domain/fault'
import { parseForm } from '~/domain/form'
import { MARKING_LABEL, MARKINGS } from '~/domain/marking'
import { proposalTitle } from '~/domain/proposal-title'
import { can } from '~/domain/rights'
import { respond } from '~/faults.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `Who takes part: ${page?.title ?? 'Document'} · FORGE` },
]

export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { db } = context.portal
    const document = await documentFor(db, actor, params.id ?? '', 'read')
    const mayInvite = can(actor, 'invite', document.scope)
    return {
      ...(await partLines(db, actor, document)),
      id: document.id,
      title: document.title,
      path: pathOf(document),
      proposalId: document.proposal?.id ?? null,
      audiences: document.scope.kind === 'part' ? document.scope.audiences : null,
      owner: document.session ? null : document.owner,
      session: document.session,
      grants: document.grants,
      marking: document.scope.marking,
      mayInvite,
      mayMark: can(actor, 'mark', document.scope),
      mayRename: can(actor, 'rename', document.scope),
      aside: can(actor, 'settle', document.scope)
        ? (await readAside(context.portal, actor, document.id)).map(({ at, ...kept }) => ({
            ...kept,
            at: at.toISOString(),
          }))
        : [],
      others: mayInvite ? await delegationsToInvite(db, document) : [],
    }
  })

export const action = ({ request, params, context }: ActionFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { portal, from } = context
    const { db, channels } = portal
    const id = params.id ?? ''
    const data = await request.formData()
    const form = Object.fromEntries(data)
    const refuse = (fields: FieldProblems, message: string | null = null) =>
      answer({ message, fields, title: String(form.title ?? '') }, { status: 422 })
    try {
      switch (form.act) {
        case 'grant': {
          const parsed = parseForm(grantForm, form)
          if (!parsed.ok) return refuse(parsed.fields)
          await grant({ db, channels }, actor, id, parsed.value, from)
          break
        }
        case 'withdraw':
          await withdrawGrant({ db, channels }, actor, id, String(form.delegationId), from)
          break
        case 'rename': {
          const title = proposalTitle.safeParse(form.title)
          if (!title.success) return refuse({ title: title.error.issues.map((issue) => issue.message) })
          await renameDocument(db, actor, id, title.data, from)
          break
        }
        case 'mark': {
          const parsed = parseForm(markForm, form)
          if (!parsed.ok) return refuse(parsed.fields)
          await markDocument({ db, channels }, actor, id, parsed.value.marking, from)
          break
        }
        case 'part': {
          const parsed = parseForm(partForm, form)
          if (!parsed.ok) return refuse(parsed.fields)
          throw redirect(`/documents/${await startPart(db, actor, id, parsed.value.part, from)}`)
        }
        case 'audiences': {
          const named = audiencesForm.safeParse(data.getAll('audience'))
          if (!named.success) return refuse({}, 'This page does not know that reader. Load it again.')
          await nameAudiences({ db, channels }, actor, id, named.data, from)
          break
        }
        case 'accept':
          await acceptAside(portal, actor, id, String(form.aside), from)
          break
        case 'discard':
          await discardAside(portal, actor, id, String(form.aside), from)
          break
        default:
          return refuse({}, 'This page does not know that act. Load it again.')
      }
    } catch (error) {
      if (isFault(error) && (error.fault === 'conflict' || error.fault === 'invalid'))
        return refuse(error.fields, error.message)
      throw error
    }
    throw redirect(`/documents/${id}/share`)
  })

export default function Share() {
  const page = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const busy = useNavigation().state === 'submitting'
  return (
    <Page narrow>
      <PageHeader eyebrow={<Link to={page.path}>{page.title}</Link>} title="Who takes part" />
      {refused?.message ? <FormErrors message={refused.message} /> : null}
      {page.aside.length > 0 ? (
        <Section title="Kept aside for you to decide" className="mb-8">
          <Aside kept={page.aside} />
        </Section>
      ) : null}
      {page.session ? (
        <p className="mb-3 max-w-prose text-sm text-muted">
          {page.session.chatham
            ? 'Whoever may be in the room reads it. Under the Chatham House Rule nobody is told who wrote.'
            : 'Whoever may be in the room reads it; who writes follows from the seats of the group.'}
        </p>
      ) : null}
      {page.owner || page.grants.length ? (
        <Grants owner={page.owner} grants={page.grants} manages={page.mayInvite} />
      ) : null}
      {page.mayInvite ? (
        <Section title="Invite a delegation" className="mt-8">
          <Form method="post" className="grid items-start gap-3 sm:grid-cols-[1fr_12rem_auto]">
            <input type="hidden" name="act" value="grant" />
            <SelectField
              key={page.others.length}
              label="Delegation"
              name="delegationId"
              options={[
                { value: '', label: 'Choose' },
                ...page.others.map(({ id, name }) => ({ value: id, label: name })),
              ]}
              error={refused?.fields.delegationId}
            />
            <SelectField
              label="To"
              name="level"
              options={[
                { value: 'write', label: 'write' },
                { value: 'comment', label: 'comment' },
                { value: 'read', label: 'read' },
              ]}
              error={refused?.fields.level}
            />
            <Button variant="primary" className="sm:mt-6.5" busy={busy}>
              Invite
            </Button>
          </Form>
          <p className="mt-2 text-xs text-muted">
            {page.audiences ? 'Of those that take part in the whole. ' : ''}Its heads get a mail that names no
            title. Within it, advisers comment and readers read, whatever you choose.
          </p>
        </Section>
      ) : null}
      {page.audiences && page.mayInvite ? <PartAudiences audiences={page.audiences} /> : null}
      {page.mayInvite && !page.audiences ? (
        <>
          <NewPart taken={page.parts.map(({ kind }) => kind)} error={refused?.fields.part} />
          <div className="mt-3">
            <RestrictedParts parts={page.parts} ask={page.ask} />
          </div>
        </>
      ) : null}
      {page.mayMark ? (
        <Section title="Marking" className="mt-8">
          <Form method="post" className="flex flex-wrap items-start gap-3">
            <input type="hidden" name="act" value="mark" />
            <SelectField
              key={page.marking}
              className="min-w-64 flex-1"
              label="Who may know of it"
              name="marking"
              defaultValue={page.marking}
              hint={
                page.proposalId
                  ? 'Beyond those who take part. It holds from submission on: nobody else knows of a draft. Who may read it is decided above.'
                  : 'Beyond those who take part. Marked FORGE or public, every delegation can read it.'
              }
              options={MARKINGS.filter((marking) => marking !== 'group').map((marking) => ({
                value: marking,
                label: `${MARKING_LABEL[marking].tlp} ${MARKING_LABEL[marking].label}`,
              }))}
              error={refused?.fields.marking}
            />
            <Button className="mt-6.5">Mark</Button>
          </Form>
        </Section>
      ) : null}
      {page.mayRename ? (
        <Section title="Title" className="mt-8">
          <Form method="post" className="flex flex-wrap items-start gap-3">
            <input type="hidden" name="act" value="rename" />
            <TextField
              key={page.title}
              className="min-w-64 flex-1"
              label={page.proposalId ? 'Title of the proposal' : 'Title of the text'}
              name="title"
              defaultValue={refused?.title || page.title}
              error={refused?.fields.title}
            />
            <Button className="mt-6.5">Change</Button>
          </Form>
        </Section>
      ) : null}
    </Page>
  )
}
