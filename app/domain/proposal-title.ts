import { z } from 'zod'

export const proposalTitle = z
  .string()
  .trim()
  .min(3, 'The title has at least 3 characters.')
  .max(200, 'The title has at most 200 characters.')
  .refine((title) => !title.includes('\0'), 'The title holds a character that no text can hold.')
