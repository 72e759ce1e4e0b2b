import { Link } from '@remix-run/react'
import { Moment } from '../ui/date'
import { Section } from '../ui/page'
import { Table, Td, Th } from '../ui/table'

/** The versions that were submitted; each is frozen and known by its SHA-256. */
export function CaseVersions({
  proposalId,
  versions,
}: {
  proposalId: string
  versions: readonly {
    number: number
    sha256: string
    at: Date | string
    by: string
    words: Record<string, number>
  }[]
}) {
  if (versions.length === 0) return null
  return (
    <Section title="Submitted versions">
      <Table stack caption="Submitted versions">
        <thead>
          <tr>
            <Th>Version</Th>
            <Th>Submitted</Th>
            <Th numeric>Words</Th>
            <Th>Changes</Th>
            <Th>SHA-256</Th>
          </tr>
        </thead>
        <tbody>
          {versions.map(({ number, sha256, at, by, words }) => (
            <tr key={number}>
              <Th scope="row">
                <Link
                  to={`/proposals/${proposalId}/versions/${number}`}
                  className="row-link inline-block whitespace-nowrap leading-6"
                >
                  Version {number}
                </Link>
              </Th>
              <Td label="Submitted">
                <Moment at={at} />
                <span className="block text-xs text-muted">{by}</span>
              </Td>
              <Td numeric label="Words">
                {Object.values(words).reduce((sum, count) => sum + count, 0)}
              </Td>
              <Td label="Changes">
                {number > 1 ? (
                  <Link
                    to={`/proposals/${proposalId}/versions/${number}?since=${number - 1}`}
                    className="link leading-6"
                  >
                    since version {number - 1}
                  </Link>
                ) : (
                  <span className="text-muted">the first</span>
                )}
              </Td>
              <Td label="SHA-256">
                <code className="break-all text-xs">{sha256}</code>
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Section>
  )
}
