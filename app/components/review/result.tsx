import { CRITERIA, RECOMMENDATION_LABEL, RECOMMENDATIONS, type ReviewResult } from '../../domain/review'
import { Table, Td, Th } from '../ui/table'

const figure = (value: number | null) => (value === null ? '–' : value.toFixed(1))

/** The result of the reviews with its spread: mean, range, and how many said that a criterion does not apply. */
export function Result({ result }: { result: ReviewResult }) {
  if (result.mean === null) return <p className="text-sm text-muted">No review has been handed in yet.</p>
  const byCriterion = new Map(result.criteria.map((one) => [one.criterion, one]))
  return (
    <>
      <p className="mb-2 text-sm">
        <strong className="text-lg">{figure(result.mean)}</strong> of 5 on the weighted mean of{' '}
        {result.sheets} {result.sheets === 1 ? 'review' : 'reviews'}; lowest {figure(result.low)}, highest{' '}
        {figure(result.high)}.{' '}
        {RECOMMENDATIONS.filter((one) => result.recommendations[one] > 0)
          .map((one) => `${RECOMMENDATION_LABEL[one]}: ${result.recommendations[one]}`)
          .join(' · ')}
      </p>
      <Table caption="Result by criterion" stack>
        <thead>
          <tr>
            <Th>Criterion</Th>
            <Th numeric>Weight</Th>
            <Th numeric>Mean</Th>
            <Th numeric>Range</Th>
            <Th numeric>Marks</Th>
            <Th numeric>Does not apply</Th>
          </tr>
        </thead>
        <tbody>
          {CRITERIA.map(({ id, label, weight }) => {
            const one = byCriterion.get(id)
            return (
              <tr key={id}>
                <Th scope="row">{label}</Th>
                <Td numeric label="Weight">
                  {weight} %
                </Td>
                <Td numeric label="Mean">
                  {figure(one?.mean ?? null)}
                </Td>
                <Td numeric label="Range">
                  {one?.count ? `${figure(one.low)} – ${figure(one.high)}` : '–'}
                </Td>
                <Td numeric label="Marks">
                  {one?.count ?? 0}
                </Td>
                <Td numeric label="Does not apply">
                  {one?.notApplicable ?? 0}
                </Td>
              </tr>
            )
          })}
        </tbody>
      </Table>
    </>
  )
}
