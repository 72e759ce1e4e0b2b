import { useNavigation } from '@remix-run/react'
import { useState } from 'react'
import type { FieldProblems } from '../../domain/fault'

/** What an act's form came back with; null while nothing was refused. */
export type RefusedForm = { fields: FieldProblems; form: Record<string, string> } | null

/** How often a form of this page was sent and done. `isIt` tells the form by what it sends. */
export function useDone(isIt: (sent: FormData) => boolean, refused: RefusedForm): number {
  const { state, formData } = useNavigation()
  const [sent, setSent] = useState(false)
  const [done, setDone] = useState(0)
  if (!sent && formData && isIt(formData)) setSent(true)
  if (sent && state === 'idle') {
    setSent(false)
    if (!refused) setDone(done + 1)
  }
  return done
}
