import { invalid } from './domain/fault'

/** A request's body, read no further than it may be long. Throws `invalid` with `tooLong` for a longer one. */
export async function bodyOf(request: Request, most: number, tooLong: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let length = 0
  for (let reader = request.body?.getReader(); reader; ) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.length
    if (length > most) {
      await reader.cancel()
      throw invalid(tooLong)
    }
    pieces.push(value)
  }
  return Buffer.concat(pieces)
}
