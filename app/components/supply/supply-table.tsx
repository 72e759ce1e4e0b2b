import { Link } from '@remix-run/react'
import { BAND_LABEL, type Band, bandOf, type Concentration, hhiWords } from '../../domain/concentration'
import { SUPPLY_STAGE_LABEL, type SupplyStage } from '../../domain/supply'
import type { Gap } from '../../domain/supply-gap'
import { Badge, type Tone } from '../ui/badge'
import { Flag } from '../ui/flag'
import { Table, Td, Th } from '../ui/table'
import { shareWords, tonnesWords } from './words'

export type SupplyTableLine = {
  seriesId: string
  mineralId: string
  mineral: string
  product: string
  stage: SupplyStage
  year: number
  notComparable: string | null
  concentration: Concentration | null
  capacity: number
  gap: Gap | null
}

const BAND_TONE: Record<Band, Tone> = { low: 'green', moderate: 'ochre', high: 'red' }

/** The index with its bounds and the guidelines' word for it. */
export function Hhi({ hhi }: { hhi: Concentration['hhi'] }) {
  const band = bandOf(hhi.low)
  return (
    <>
      <span className="whitespace-nowrap tabular-nums">{hhiWords(hhi)}</span>{' '}
      <Badge tone={BAND_TONE[band]}>{BAND_LABEL[band]}</Badge>
    </>
  )
}

/** "Cobalt", or "Aluminum: Bauxite" where the product is another. */
export const seriesName = ({ mineral, product }: { mineral: string; product: string }) =>
  product.toLowerCase().startsWith(mineral.toLowerCase()) || mineral.startsWith(product)
    ? product
    : `${mineral}: ${product}`

/** Every series of the year: who is largest, how concentrated, what is missing and what projects add. */
export function SupplyTable({ lines, ceiling }: { lines: readonly SupplyTableLine[]; ceiling: string }) {
  return (
    <Table caption="Production, its concentration and the gap" stack>
      <thead>
        <tr>
          <Th>Mineral</Th>
          <Th>Stage</Th>
          <Th>Largest producer</Th>
          <Th>Index (0–10,000)</Th>
          <Th numeric>All that is listed</Th>
          <Th numeric>Missing to {ceiling}</Th>
          <Th numeric>Projects add</Th>
          <Th numeric>Gap closed</Th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.seriesId}>
            <Th scope="row">
              <Link to={`/minerals/${line.mineralId}#${line.seriesId}`} className="row-link">
                {seriesName(line)}
              </Link>
            </Th>
            <Td label="Stage">{SUPPLY_STAGE_LABEL[line.stage]}</Td>
            {line.concentration && line.gap ? (
              <>
                <Td label="Largest producer">
                  {line.concentration.largest.iso2 ? (
                    <Flag iso2={line.concentration.largest.iso2} className="mr-2" />
                  ) : null}
                  {line.concentration.largest.country}{' '}
                  <span className="whitespace-nowrap font-semibold">
                    {shareWords(line.concentration.largest.share)}
                  </span>
                </Td>
                <Td label="Index (0–10,000)">
                  <Hhi hhi={line.concentration.hhi} />
                </Td>
                <Td label="All that is listed" numeric>
                  {tonnesWords(line.concentration.total)}
                </Td>
                <Td label={`Missing to ${ceiling}`} numeric>
                  {line.gap.missing > 0 ? (
                    tonnesWords(line.gap.missing)
                  ) : (
                    <span className="text-muted">nothing</span>
                  )}
                </Td>
                <Td label="Projects add" numeric>
                  {line.capacity > 0 ? (
                    `${tonnesWords(line.capacity)}/a`
                  ) : (
                    <span className="text-muted">not stated</span>
                  )}
                </Td>
                <Td label="Gap closed" numeric>
                  {line.gap.closed === null ? (
                    <span className="text-muted">no gap</span>
                  ) : line.capacity > 0 ? (
                    <span className="font-semibold">{shareWords(line.gap.closed)}</span>
                  ) : (
                    <span className="text-muted">0 %</span>
                  )}
                </Td>
              </>
            ) : (
              <Td colSpan={6} className="text-muted">
                {line.notComparable ?? 'The source gives a total of the world only.'}
              </Td>
            )}
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
