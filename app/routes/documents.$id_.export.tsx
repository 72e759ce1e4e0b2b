import type { LoaderFunctionArgs } from '@remix-run/node'
import { EXPORT_FORMATS, type ExportFormat, exportDocument } from '~/documents.server'
import { respond } from '~/faults.server'
import { requireActor } from '~/session.server'

const isFormat = (value: unknown): value is ExportFormat =>
  typeof value === 'string' && value in EXPORT_FORMATS

/** A file: `?format=docx` or `?format=pdf`. */
export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const format = new URL(request.url).searchParams.get('format')
    if (!isFormat(format)) {
      throw new Response('The format is docx or pdf: add ?format=docx or ?format=pdf.\n', { status: 400 })
    }
    const { bytes, type, name } = await exportDocument(
      context.portal,
      actor,
      params.id ?? '',
      format,
      context.from,
    )
    const plain = name.replace(/[^A-Za-z0-9 ._-]/g, '_')
    return new Response(new Uint8Array(bytes), {
      headers: {
        'Content-Type': type,
        'Content-Length': String(bytes.length),
        'Content-Disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
        'Cache-Control': 'no-store',
        'X-Content-Type-Options': 'nosniff',
      },
    })
  })
