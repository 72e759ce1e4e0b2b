import { Flag } from '../ui/flag'
import { Table, Td, Th } from '../ui/table'

export type ReserveRow = {
  position: number
  measure: string
  country: string
  iso2: string | null
  kind: string
  year: number
  published: string
  note: string | null
}

/** Reserves as published: some are ranges or words, so nothing is computed of them. */
export function ReserveTable({ rows }: { rows: readonly ReserveRow[] }) {
  return (
    <Table caption="Reserves" stack>
      <thead>
        <tr>
          <Th>Country</Th>
          <Th>What</Th>
          <Th numeric>As published</Th>
          <Th numeric>Year</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.position} className={row.kind === 'world' ? 'font-semibold' : undefined}>
            <Th scope="row">
              {row.iso2 ? <Flag iso2={row.iso2} className="mr-2" /> : null}
              {row.country}
            </Th>
            <Td label="What">{row.measure}</Td>
            <Td label="As published" numeric>
              {row.published}
            </Td>
            <Td label="Year" numeric>
              {row.year}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

export type RelianceRow = {
  position: number
  commodity: string
  measure: string
  origin: string | null
  period: string
  percent: string
}

const percentWords = (percent: string) =>
  percent === 'E' ? 'net exporter' : /\d/.test(percent) ? `${percent} %` : percent

/** What the United States import: net reliance over the years, and where imports come from. */
export function RelianceTables({ rows }: { rows: readonly RelianceRow[] }) {
  const net = rows.filter(({ origin }) => origin === null)
  const shares = rows.filter(({ origin }) => origin !== null)
  const years = [...new Set(net.map(({ period }) => period))].sort()
  const measures = [...new Set(net.map(({ commodity, measure }) => `${commodity}: ${measure}`))]
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      {net.length ? (
        <Table caption="Net import reliance of the United States">
          <thead>
            <tr>
              <Th>Measure</Th>
              {years.map((year) => (
                <Th key={year} numeric>
                  {year}
                </Th>
              ))}
            </tr>
          </thead>
          <tbody>
            {measures.map((name) => (
              <tr key={name}>
                <Th scope="row">{name}</Th>
                {years.map((year) => {
                  const found = net.find(
                    ({ commodity, measure, period }) =>
                      `${commodity}: ${measure}` === name && period === year,
                  )
                  return (
                    <Td key={year} numeric>
                      {found ? percentWords(found.percent) : ''}
                    </Td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </Table>
      ) : null}
      {shares.length ? (
        <Table caption="Where imports of the United States come from">
          <thead>
            <tr>
              <Th>Imports from</Th>
              <Th>Of</Th>
              <Th>Years</Th>
              <Th numeric>Share</Th>
            </tr>
          </thead>
          <tbody>
            {shares.map((row) => (
              <tr key={row.position}>
                <Th scope="row">{row.origin}</Th>
                <Td>
                  {row.commodity}, {row.measure.toLowerCase()}
                </Td>
                <Td>{row.period}</Td>
                <Td numeric>{percentWords(row.percent)}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      ) : null}
    </div>
  )
}

export type FormRow = {
  position: number
  stage: string
  form: string
  contained: string | null
  codes: readonly { code: string; description: string }[]
}

/** Traded forms along the stages, with their codes of the Harmonized System. */
export function FormTable({ rows }: { rows: readonly FormRow[] }) {
  return (
    <Table caption="Traded forms and HS codes" stack>
      <thead>
        <tr>
          <Th>Stage</Th>
          <Th>Form</Th>
          <Th>Contained</Th>
          <Th>HS 6 digits</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.position}>
            <Th scope="row">{row.stage.replaceAll('_', ' ')}</Th>
            <Td label="Form">{row.form}</Td>
            <Td label="Contained">{row.contained ?? <span className="text-muted">not stated</span>}</Td>
            <Td label="HS 6 digits">
              <ul>
                {row.codes.map(({ code, description }) => (
                  <li key={code}>
                    <span className="font-semibold tabular-nums">{`${code.slice(0, 4)}.${code.slice(4)}`}</span>{' '}
                    <span className="text-muted">{description}</span>
                  </li>
                ))}
              </ul>
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
