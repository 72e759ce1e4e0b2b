import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  MaxPartSizeExceededError,
  type MetaFunction,
  unstable_createMemoryUploadHandler as memoryUpload,
  unstable_parseMultipartFormData as parseMultipart,
} from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigate, useNavigation } from '@remix-run/react'
import { useEffect } from 'react'
import { Button, LinkButton } from '~/components/ui/button'
import { SelectField, TextField } from '~/components/ui/field'
import { FormErrors } from '~/components/ui/form-errors'
import { Page, PageHeader } from '~/components/ui/page'
import { importDocument, importForm, MAX_FILE_BYTES } from '~/documents.server'
import { type FieldProblems, forbidden, isFault } from '~/domain/fault'
import { parseForm } from '~/domain/form'
import { MARKING_LABEL } from '~/domain/marking'
import { can } from '~/domain/rights'
import { respond } from '~/faults.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction = () => [{ title: 'Import a document · FORGE' }]

export const loader = ({ request, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    if (!can(actor, 'import_document', { kind: 'delegation', id: actor.organization.id })) {
      throw forbidden('A head or delegate of a delegation can import a document.')
    }
    return { megabytes: MAX_FILE_BYTES / 1024 / 1024 }
  })

type Reply = { id: string | null; warnings: string[]; title: string; marking: string; fields: FieldProblems }

export const action = ({ request, context }: ActionFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    let typed = { title: '', marking: '' }
    const refuse = (fields: FieldProblems) =>
      data<Reply>({ id: null, warnings: [], ...typed, fields }, { status: 422 })
    try {
      const form = await parseMultipart(request, memoryUpload({ maxPartSize: MAX_FILE_BYTES }))
      typed = { title: String(form.get('title') ?? ''), marking: String(form.get('marking') ?? '') }
      const parsed = parseForm(importForm, typed)
      if (!parsed.ok) return refuse(parsed.fields)
      const file = form.get('file')
      if (!(file instanceof File) || file.size === 0) return refuse({ file: ['Choose a .docx or .md file.'] })
      const made = await importDocument(
        context.portal,
        actor,
        { ...parsed.value, fileName: file.name, bytes: new Uint8Array(await file.arrayBuffer()) },
        context.from,
      )
      return data<Reply>({ ...made, ...typed, fields: {} })
    } catch (error) {
      if (error instanceof MaxPartSizeExceededError) {
        return refuse({
          file: [`The file has more than ${MAX_FILE_BYTES / 1024 / 1024} MB, and no more are taken.`],
        })
      }
      if (isFault(error) && error.fault === 'invalid') {
        return refuse(Object.keys(error.fields).length ? error.fields : { file: [error.message] })
      }
      throw error
    }
  })

const MARKINGS_OFFERED = ['restricted', 'forge', 'public'] as const

export default function Import() {
  const { megabytes } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const navigate = useNavigate()
  const busy = useNavigation().state !== 'idle'
  useEffect(() => {
    if (reply?.id) navigate(`/documents/${reply.id}`, { replace: true, state: { warnings: reply.warnings } })
  }, [reply, navigate])
  return (
    <Page narrow>
      <PageHeader eyebrow="Documents" title="Import a document">
        <p>
          A Word (.docx) or Markdown (.md) file becomes a text of your delegation that several can write at
          once.
        </p>
      </PageHeader>
      <Form method="post" encType="multipart/form-data" className="space-y-4" noValidate>
        <FormErrors fields={reply?.fields} />
        <TextField
          label="File"
          name="file"
          type="file"
          accept=".docx,.md,.markdown"
          hint={`At most ${megabytes} MB. You can drop it on the field.`}
          error={reply?.fields.file}
        />
        <TextField
          label="Title"
          name="title"
          hint="Left empty, it is the text’s first heading."
          defaultValue={reply?.title}
          error={reply?.fields.title}
        />
        <SelectField
          label="Marking"
          name="marking"
          defaultValue={reply?.marking || 'restricted'}
          error={reply?.fields.marking}
          options={MARKINGS_OFFERED.map((value) => ({
            value,
            label: `${MARKING_LABEL[value].tlp} ${MARKING_LABEL[value].label}: ${MARKING_LABEL[value].meaning}`,
          }))}
        />
        <div className="flex flex-wrap gap-2">
          <Button variant="primary" busy={busy}>
            {busy ? 'Reading the file…' : 'Import'}
          </Button>
          <LinkButton to="/documents" variant="quiet">
            Cancel
          </LinkButton>
        </div>
      </Form>
    </Page>
  )
}
