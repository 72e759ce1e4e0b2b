import { RemixBrowser } from '@remix-run/react'
import { StrictMode, startTransition } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { toast } from './components/ui/toast'
import { tryNow } from './live/line'
import { steadyFetch } from './live/steady-fetch'

window.fetch = steadyFetch(window.fetch.bind(window), window.location.origin, () =>
  toast('The portal does not answer, and nothing is known to be done. Try again in a moment.', 'problem'),
)
window.addEventListener('online', tryNow)

startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <RemixBrowser />
    </StrictMode>,
  )
})
