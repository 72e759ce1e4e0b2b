import { notFound } from '~/domain/fault'
import { respond } from '~/faults.server'

/** An address that no page has: answered by a loader, so that it looks like one that is not open to the reader. */
export const loader = () =>
  respond(async () => {
    throw notFound()
  })

export const action = loader

export default function Nowhere() {
  return null
}
