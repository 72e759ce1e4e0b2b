import { useFetcher, useLocation } from '@remix-run/react'
import { Monitor, Moon, Sun } from 'lucide-react'
import { useEffect, useState } from 'react'
import { isTheme, THEMES, type Theme } from '../../domain/theme'
import { classNames } from '../ui/class-names'

const FETCHER = 'theme'
const CHOICE: Record<Theme, { label: string; Icon: typeof Sun }> = {
  system: { label: 'As the device', Icon: Monitor },
  light: { label: 'Light', Icon: Sun },
  dark: { label: 'Dark', Icon: Moon },
}

/** The theme to draw now: the choice on its way to the server, else the one it knows. */
export function useTheme(kept: Theme): Theme {
  const chosen = useFetcher({ key: FETCHER }).formData?.get('theme')
  return isTheme(chosen) ? chosen : kept
}

/** Works before, and without, the page's scripts: then `to` brings the reader back here. */
export function ThemeSwitch({ theme: kept, on }: { theme: Theme; on: 'bar' | 'sheet' }) {
  const fetcher = useFetcher({ key: FETCHER })
  const theme = useTheme(kept)
  const { pathname, search } = useLocation()
  const [running, setRunning] = useState(false)
  useEffect(() => setRunning(true), [])
  return (
    <fetcher.Form method="post" action="/theme">
      {running ? null : <input type="hidden" name="to" value={pathname + search} />}
      <fieldset className="flex">
        <legend className="sr-only">Light or dark</legend>
        {THEMES.map((value) => {
          const { label, Icon } = CHOICE[value]
          return (
            <button
              key={value}
              type="submit"
              name="theme"
              value={value}
              aria-pressed={theme === value}
              title={label}
              className={classNames(
                'inline-flex size-8 items-center justify-center rounded-sm border',
                on === 'bar' ? 'focus-visible:outline-bar-mark' : '',
                theme === value
                  ? on === 'bar'
                    ? 'border-on-bar-muted text-on-bar'
                    : 'border-line text-ink'
                  : on === 'bar'
                    ? 'border-transparent text-on-bar-muted hover:text-on-bar'
                    : 'border-transparent text-muted hover:text-ink',
              )}
            >
              <Icon aria-hidden="true" className="size-4" />
              <span className="sr-only">{label}</span>
            </button>
          )
        })}
      </fieldset>
    </fetcher.Form>
  )
}
