import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { countryName } from '../../domain/country'
import { MILESTONE_LABEL, MILESTONES } from '../../domain/proposal-fields'
import { Moment } from '../ui/date'
import { Flag } from '../ui/flag'
import { Money } from '../ui/money'
import { Fact, Facts } from '../ui/page'
import { Source } from '../ui/source'
import { CorroborationInWords } from './corroboration'
import { type ProjectRow, stageLabel } from './project-list'
import { Tonnes } from './tonnes'

type Page = {
  project: {
    plannedOutput: string | null
    announcedStages: string[] | null
    announcedStatus: string | null
    programme: string | null
    note: string | null
    confidence: string | null
    source: string | null
  }
  shown: ProjectRow & {
    product: string | null
    lat: number | null
    lon: number | null
    coordsSource: string | null
    priceYear: number | null
    operator: string | null
    operatorCountryIso2: string | null
    firstProduction: string | null
    timetable: Record<string, string> | null
  }
  partners: { iso2: string; name: string }[]
  mineralNames: Record<string, string>
}

const none = <span className="text-muted">not given</span>

/** What is known of a project. Figures of a proposal that the reader may read stand before announced ones, and say so. */
export function ProjectFacts({ page: { project, shown, partners, mineralNames } }: { page: Page }) {
  const rows: [string, ReactNode][] = [
    ['Minerals', shown.minerals.map((id) => mineralNames[id] ?? id).join(', ') || none],
    ['Stages of production', shown.stages.map(stageLabel).join(', ') || none],
    [
      'Site',
      <span key="site">
        {shown.countryIso2 ? (
          <>
            <Flag iso2={shown.countryIso2} size={16} /> {countryName(shown.countryIso2)}
          </>
        ) : null}
        {shown.countryIso2 && shown.place ? ', ' : null}
        {shown.place}
        {shown.lat !== null && shown.lon !== null ? (
          <span className="block text-muted">
            {shown.lat}°, {shown.lon}° (WGS 84)
            {shown.coordsSource ? `; ${shown.coordsSource}` : ''}
          </span>
        ) : null}
        {shown.countryIso2 || shown.place || shown.lat !== null ? null : none}
      </span>,
    ],
    ['Product', shown.product ?? none],
    [
      'Capacity (contained)',
      shown.capacityTonnes ? <Tonnes key="capacity" amount={shown.capacityTonnes} /> : none,
    ],
    [
      'Capital cost',
      shown.capitalCost ? (
        <>
          <Money amount={shown.capitalCost} currency={shown.currency ?? ''} />
          {shown.priceYear ? ` (prices of ${shown.priceYear})` : ''}
        </>
      ) : (
        none
      ),
    ],
    [
      'Operator',
      shown.operator || shown.operatorCountryIso2 ? (
        <span key="operator">
          {shown.operator}
          {shown.operatorCountryIso2 ? (
            <span className="block text-muted">
              <Flag iso2={shown.operatorCountryIso2} size={16} /> owned from{' '}
              {countryName(shown.operatorCountryIso2)}
            </span>
          ) : null}
        </span>
      ) : (
        none
      ),
    ],
    ['First production', shown.firstProduction ?? none],
  ]
  const milestones = MILESTONES.filter((name) => name !== 'first_production' && shown.timetable?.[name])
  for (const name of milestones) rows.push([MILESTONE_LABEL[name], shown.timetable?.[name]])
  if (project.plannedOutput) rows.push(['Output as announced', project.plannedOutput])
  if (project.announcedStages?.length) rows.push(['Stages as announced', project.announcedStages.join(', ')])
  if (project.announcedStatus) rows.push(['Status as announced', project.announcedStatus])
  if (project.programme) rows.push(['Programme', project.programme])
  if (partners.length) {
    rows.push([
      'Partners',
      partners.map(({ iso2, name }, index) => (
        <span key={iso2}>
          {index ? ', ' : ''}
          <Link className="link" to={`/partners/${iso2}`}>
            {name}
          </Link>
        </span>
      )),
    ])
  }
  if (project.note) rows.push(['Note', project.note])
  if (project.confidence)
    rows.push(['Corroboration', <CorroborationInWords key="how" words={project.confidence} />])
  if (project.source) rows.push(['Source', <Source key="source" text={project.source} />])
  return (
    <>
      {shown.live ? (
        <p className="mb-3 border border-l-4 border-accent/50 bg-accent-wash px-3 py-2 text-sm">
          Figures from the{' '}
          <Link className="link" to={`/proposals/${shown.live.proposalId}`}>
            draft of {shown.live.lead}
          </Link>
          {shown.live.writtenAt ? (
            <>
              , last written <Moment at={shown.live.writtenAt} />
            </>
          ) : null}
          . Those who may not read it see what was entered or announced before.
        </p>
      ) : null}
      <Facts>
        {rows.map(([term, value]) => (
          <Fact key={term} term={term}>
            {value}
          </Fact>
        ))}
      </Facts>
    </>
  )
}
