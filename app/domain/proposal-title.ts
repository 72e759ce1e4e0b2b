import { z } from 'zod'

export const proposalTitle = z
  .string()
  .trim()
  .min(3, 'The title has at least 3 characters.')
  .max(200, 'The title has at most 200 characters.')
