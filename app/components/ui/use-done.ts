import { useLoaderData, useNavigation } from '@remix-run/react'
import { useState } from 'react'
import type { FieldProblems } from '../../domain/fault'
import { type Claim, nextClaim } from './claim'

/** What an act's form came back with; null while nothing was refused. */
export type RefusedForm = { fields: FieldProblems; form: Record<string, string> } | null

/** How often a form of this page was sent and done. `isIt` tells the form by what it sends. */
export function useDone(isIt: (sent: FormData) => boolean, refused: RefusedForm): number {
  const navigation = useNavigation()
  const page = useLoaderData()
  const [claim, setClaim] = useState<Claim>(null)
  const [done, setDone] = useState(0)
  const next = nextClaim(claim, navigation, isIt, page)
  if (next === 'answered') {
    setClaim(null)
    if (!refused) setDone(done + 1)
  } else if (next !== claim) setClaim(next)
  return done
}
