import { z } from 'zod'
import { MOST_SUGGESTIONS_ASKED, type SuggestionAuthor } from '../../domain/suggestion'

const answer = z.array(
  z.object({
    id: z.string(),
    userId: z.string(),
    name: z.string(),
    organization: z.string(),
    iso2: z.string().nullable(),
    at: z.string(),
  }),
)

/** Who made these suggestions, as far as the portal knows; nothing when it cannot be asked. */
export async function askAuthors(documentId: string, ids: readonly string[]): Promise<SuggestionAuthor[]> {
  const wanted = ids.slice(0, MOST_SUGGESTIONS_ASKED).join(',')
  try {
    const response = await fetch(`/documents/${documentId}/suggestions?ids=${encodeURIComponent(wanted)}`)
    if (!response.ok) return []
    const read = answer.safeParse(await response.json())
    return read.success ? read.data : []
  } catch {
    return []
  }
}
