import { useBlocker } from '@remix-run/react'
import { useEffect, useSyncExternalStore } from 'react'
import { answersPages, isInDoubt, tryNow, waitingReads } from '../../live/line'
import { Button } from '../ui/button'
import { Toasts, toast } from '../ui/toast'

const none = () => 0

/** The notices at the foot of the page; among them, as long as it is so, that the portal does not answer. */
export function Notices() {
  useStay()
  const isAwaited = useSyncExternalStore(waitingReads.subscribe, waitingReads.get, none) > 0
  return (
    <Toasts>
      {isAwaited ? (
        <div className="pointer-events-auto flex w-full max-w-md flex-wrap items-center gap-2 rounded-md border border-ochre border-l-4 bg-sheet px-3 py-2 text-sm text-ink shadow-raised">
          <p className="min-w-0 flex-1 basis-56">
            The portal does not answer. This page stays, and goes on when it does.
          </p>
          <Button type="button" size="sm" onClick={tryNow}>
            Try again
          </Button>
        </div>
      ) : null}
    </Toasts>
  )
}

/**
 * Keeps the page while the line is lost: another one could not be fetched, and would take this one's place with what is
 * written on it.
 */
function useStay() {
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => currentLocation.pathname !== nextLocation.pathname && isInDoubt(),
  )
  useEffect(() => {
    if (blocker.state !== 'blocked') return
    let stopped = false
    void answersPages().then((answers) => {
      if (stopped) return
      if (answers) return blocker.proceed()
      blocker.reset()
      toast('The portal does not answer, so this page stays. Try again in a moment.', 'problem')
    })
    return () => {
      stopped = true
    }
  }, [blocker])
}
