import {
  MaxPartSizeExceededError,
  unstable_createMemoryUploadHandler as memoryUpload,
  unstable_parseMultipartFormData as parseMultipart,
} from '@remix-run/node'
import { invalid } from './domain/fault'
import { type Handed, MAX_EVIDENCE_BYTES } from './financing.server'

/** A form that may carry one file in the field `file`. Throws `invalid` for one that is too large. */
export async function readEvidenceForm(
  request: Request,
): Promise<{ form: Record<string, FormDataEntryValue>; file: Handed | null }> {
  try {
    const data = request.headers.get('content-type')?.startsWith('multipart/')
      ? await parseMultipart(request, memoryUpload({ maxPartSize: MAX_EVIDENCE_BYTES }))
      : await request.formData()
    const given = data.get('file')
    const file =
      given instanceof File && given.size > 0
        ? { name: given.name, bytes: new Uint8Array(await given.arrayBuffer()) }
        : null
    return { form: Object.fromEntries(data), file }
  } catch (error) {
    if (error instanceof MaxPartSizeExceededError)
      throw invalid('The file has more than 10 MB, and no more are taken.')
    throw error
  }
}
