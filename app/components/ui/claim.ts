/**
 * Following one form through the router's navigation:
 *
 *   sent ── its action answers ──▶ accepted ── the page is read anew ──▶ answered
 *    └── refused, not sent, or another navigation takes its place ──▶ given up
 *
 * An action that refuses, and one that could not be reached, leads from `submitting` straight to `idle`.
 */
export type Claim = { form: FormData; accepted: boolean } | null

type Navigation = { state: 'idle' | 'loading' | 'submitting'; formData?: FormData }

/** @param isIt whether what is sent is the form that is followed */
export function nextClaim(
  claim: Claim,
  { state, formData }: Navigation,
  isIt: (sent: FormData) => boolean,
): Claim | 'answered' {
  if (claim && formData === claim.form) {
    const accepted = state === 'loading'
    return accepted === claim.accepted ? claim : { form: claim.form, accepted }
  }
  // Accepted, it is done also where somebody goes on before the page is read anew.
  if (claim?.accepted) return 'answered'
  return formData && isIt(formData) ? { form: formData, accepted: state === 'loading' } : null
}
