import { z } from 'zod'

/** A view's name and the query of the list's address. */
export const savedViewForm = z.object({
  name: z
    .string()
    .trim()
    .min(1, 'Give it a name.')
    .max(60, 'A name has at most 60 characters.')
    .refine((text) => !text.includes('\0'), 'The name holds a character that no text can hold.'),
  query: z
    .string()
    .max(500)
    .transform((text) => new URLSearchParams(text.replaceAll('\0', '')).toString()),
})
export type SavedViewInput = z.output<typeof savedViewForm>
