import { Link } from '@remix-run/react'
import { PROGRAMME_LABEL, PROGRAMMES, type Programme, type Standing } from '../../domain/standing'
import { Flag } from '../ui/flag'
import { Table, Td, Th } from '../ui/table'
import { StandingBadge } from './standing-badge'

export type PartnerLine = {
  iso2: string
  iso3: string | null
  name: string
  region: string | null
  subregion: string | null
  agreementCount: number
  inPortal: boolean
  standings: Partial<Record<Programme, Standing>>
}

const SHORT: Record<Programme, string> = {
  forge: 'FORGE',
  pax_silica: 'Pax Silica',
  msp: 'MSP',
  msp_forum: 'MSP Forum',
  preferential_zone: 'Pref. zone',
}

/** The register: a table where there is room, else one entry below the other. */
export function PartnerTable({ partners }: { partners: readonly PartnerLine[] }) {
  return (
    <>
      <div className="hidden lg:block">
        <Table caption="Partners">
          <thead>
            <tr>
              <Th>Partner</Th>
              <Th>ISO</Th>
              <Th>Region</Th>
              {PROGRAMMES.map((programme) => (
                <Th key={programme} title={PROGRAMME_LABEL[programme]}>
                  {SHORT[programme]}
                </Th>
              ))}
              <Th numeric>Agreements</Th>
              <Th>In the portal</Th>
            </tr>
          </thead>
          <tbody>
            {partners.map((partner) => (
              <tr key={partner.iso2} className="hover:bg-accent-wash/60">
                <Th scope="row" className="min-w-48">
                  <span className="flex items-baseline gap-2.5">
                    <Flag iso2={partner.iso2} />
                    <PartnerLink partner={partner} />
                  </span>
                </Th>
                <Td className="whitespace-nowrap text-muted">
                  {partner.iso2}
                  {partner.iso3 ? ` ${partner.iso3}` : ''}
                </Td>
                <Td className="text-muted">{partner.region}</Td>
                {PROGRAMMES.map((programme) => (
                  <Td key={programme}>
                    <StandingBadge value={partner.standings[programme]} />
                  </Td>
                ))}
                <Td numeric>{partner.agreementCount || <span className="text-muted">none</span>}</Td>
                <Td>{partner.inPortal ? 'Delegation' : <span className="text-muted">no</span>}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      </div>
      <ul className="divide-y divide-rule border-y border-ink/60 bg-sheet lg:hidden">
        {partners.map((partner) => (
          <li key={partner.iso2} className="flex gap-3 px-3 py-2.5">
            <Flag iso2={partner.iso2} size={28} className="mt-1" />
            <div className="min-w-0 flex-1">
              <PartnerLink partner={partner} />
              <p className="text-sm text-muted">
                {[partner.iso2, partner.iso3].filter(Boolean).join(' ')},{' '}
                {partner.subregion ?? partner.region}
              </p>
              <PartsTaken partner={partner} />
              <p className="text-sm text-muted">
                {partner.agreementCount === 1
                  ? '1 agreement'
                  : `${partner.agreementCount || 'no'} agreements`}
                {partner.inPortal ? ', delegation in the portal' : ''}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}

const PartnerLink = ({ partner }: { partner: PartnerLine }) => (
  <Link to={`/partners/${partner.iso2}`} prefetch="intent" className="row-link">
    {partner.name}
  </Link>
)

/** On a phone only the parts taken are listed; what is not known is counted, so that its absence says nothing. */
function PartsTaken({ partner }: { partner: PartnerLine }) {
  const value = (programme: Programme) => partner.standings[programme] ?? 'not_known'
  const taken = PROGRAMMES.filter((programme) => !['not_a_member', 'not_known'].includes(value(programme)))
  const unknown = PROGRAMMES.filter((programme) => value(programme) === 'not_known')
  return (
    <p className="my-0.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
      {taken.map((programme) => (
        <span key={programme} className="whitespace-nowrap">
          {SHORT[programme]} <StandingBadge value={value(programme)} />
        </span>
      ))}
      {unknown.length ? (
        <span className="text-muted">
          Not known: {unknown.map((programme) => SHORT[programme]).join(', ')}
        </span>
      ) : null}
    </p>
  )
}
