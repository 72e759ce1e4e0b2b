/**
 * Following one form through the router's navigation:
 *
 *   sent ── its action answers ──▶ accepted ── the page is read anew ──▶ answered
 *    └── refused, not sent, or another navigation takes its place ──▶ given up
 *
 * An action that refuses, and one that could not be reached, leads from `submitting` straight to `idle`. So does, where
 * React shows its last two steps as one, a form that is done: what the page holds is new then.
 */
export type Claim = { form: FormData; accepted: boolean; page: unknown } | null

type Navigation = { state: 'idle' | 'loading' | 'submitting'; formData?: FormData }

/**
 * @param isIt whether what is sent is the form that is followed
 * @param page what the page holds: another object each time that it is read
 */
export function nextClaim(
  claim: Claim,
  { state, formData }: Navigation,
  isIt: (sent: FormData) => boolean,
  page: unknown,
): Claim | 'answered' {
  if (claim && formData === claim.form) {
    const accepted = state === 'loading'
    return accepted === claim.accepted && page === claim.page ? claim : { form: claim.form, accepted, page }
  }
  // Accepted, it is done also where somebody goes on before the page is read anew.
  if (claim?.accepted || (claim && state === 'idle' && page !== claim.page)) return 'answered'
  return formData && isIt(formData) ? { form: formData, accepted: state === 'loading', page } : null
}
