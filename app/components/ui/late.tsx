import { type ComponentType, type ReactNode, useCallback, useEffect, useState } from 'react'
import { Button } from './button'

/**
 * A part of a page with code of its own, fetched when it is first shown. What cannot be fetched is told in its place, and
 * tried again: the page around it stays. On the server, and until it is there: `meanwhile`.
 * @param name what it is called where it is missing, as “The history”
 */
export function late<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
  name: string,
  meanwhile: ReactNode = null,
): ComponentType<Props> {
  let Part: ComponentType<Props> | null = null
  return function Late(props: Props) {
    const [state, setState] = useState<'asked' | 'here' | 'missing'>(Part ? 'here' : 'asked')
    const fetchIt = useCallback(async () => {
      setState('asked')
      try {
        Part = (await load()).default
        setState('here')
      } catch {
        setState('missing')
      }
    }, [])
    useEffect(() => {
      if (!Part) void fetchIt()
    }, [fetchIt])
    if (state === 'here' && Part) return <Part {...props} />
    if (state === 'missing')
      return (
        <div role="status" className="flex flex-wrap items-center gap-2 py-2 text-sm">
          <p>{name} could not be loaded.</p>
          <Button type="button" size="sm" onClick={() => void fetchIt()}>
            Try again
          </Button>
        </div>
      )
    return meanwhile
  }
}
