import { Form, Link, useNavigation } from '@remix-run/react'
import type { ConsentState } from '../../domain/host-consent'
import { ConsentBadge } from '../review/consent-badge'
import { type ConsentStep, ConsentSteps } from '../review/consent-steps'
import { Button } from '../ui/button'
import { Flag } from '../ui/flag'
import { Section } from '../ui/page'

/** The consent of the site's country, on the case's page. */
export function HostConsent({
  id,
  host,
  iso2,
  state,
  steps,
  mayAsk,
  askKey,
}: {
  /** Of its own page; null while it was not asked for. */
  id: string | null
  host: string
  iso2: string
  state: ConsentState | null
  steps: readonly ConsentStep[]
  mayAsk: boolean
  /** Makes a form that is sent twice one. */
  askKey: string
}) {
  const busy = useNavigation().state === 'submitting'
  return (
    <Section title="Consent of the host">
      <p className="mb-3 flex flex-wrap items-center gap-2 text-sm">
        <Flag iso2={iso2} size={16} />
        {id ? (
          <Link to={`/consents/${id}`} className="link font-semibold">
            {host}
          </Link>
        ) : (
          <span className="font-semibold">{host}</span>
        )}
        <ConsentBadge state={state} />
      </p>
      {state === 'not_required' ? (
        <p className="text-sm text-muted">The delegation that leads the case is the host’s own.</p>
      ) : state === null ? (
        <p className="max-w-prose text-sm text-muted">
          The site lies in {host}. A case is endorsed with the host’s consent only, and a refusal stops it.
        </p>
      ) : (
        <ConsentSteps steps={steps} />
      )}
      {mayAsk ? (
        <Form method="post" className="mt-3">
          <input type="hidden" name="act" value="consent" />
          <input type="hidden" name="key" value={askKey} />
          <Button busy={busy}>Ask {host} for its consent</Button>
        </Form>
      ) : null}
    </Section>
  )
}
