/** Forms about accounts and people: one schema for the page and the server. */
import { z } from 'zod'
import { MAX_PASSWORD, MIN_PASSWORD } from './password-length'
import { DELEGATION_ROLES, INSTITUTION_ROLES, SECRETARIAT_ROLES } from './people'

export const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, 'The e-mail address has at most 254 characters.')
  .pipe(z.email('This is not an e-mail address, as name@ministry.example.'))

const ID = /^[\w-]{1,64}$/
/** An identifier as a form or an address brings it; for anything else one that nothing has. */
export const idIn = (value: unknown): string => (typeof value === 'string' && ID.test(value) ? value : '-')

/** `aaaaaaaaaaaa` is long and no password. */
const FEWEST_DIFFERENT = 5

export const newPassword = z
  .string()
  .min(MIN_PASSWORD, `The password has at least ${MIN_PASSWORD} characters.`)
  .max(MAX_PASSWORD, `The password has at most ${MAX_PASSWORD} characters.`)
  .refine(
    (text) => new Set(text).size >= FEWEST_DIFFERENT,
    `The password has at least ${FEWEST_DIFFERENT} different characters.`,
  )

const personName = z
  .string()
  .trim()
  .min(2, 'The name has at least 2 characters.')
  .max(120, 'The name has at most 120 characters.')
  .regex(/^\P{Cc}*$/u, 'The name has letters, spaces and signs only.')

export const signInForm = z.object({
  email,
  password: z
    .string()
    .min(1, 'Type your password.')
    .max(MAX_PASSWORD, `The password has at most ${MAX_PASSWORD} characters.`),
})
export const forgotPasswordForm = z.object({ email })
export const resetPasswordForm = z.object({ token: z.string().min(1).max(200), password: newPassword })
export const acceptInvitationForm = z.object({ name: personName, password: newPassword })
export const accountForm = z.object({ name: personName })
export const changePasswordForm = z.object({
  current: z.string().min(1, 'Type your present password.').max(MAX_PASSWORD),
  password: newPassword,
})

export const ORGANIZATION_ROLES = [
  ...new Set([...DELEGATION_ROLES, ...INSTITUTION_ROLES, ...SECRETARIAT_ROLES]),
] as const
export const inviteForm = z.object({
  email,
  role: z.enum(ORGANIZATION_ROLES, 'Choose a role.'),
})
export const memberForm = z.object({
  memberId: z.string().regex(ID, 'This is not a member.'),
  role: z.enum(ORGANIZATION_ROLES, 'Choose a role.'),
})

/** Days that an invitation holds. */
export const INVITATION_DAYS = 14
