import { useFetcher } from '@remix-run/react'
import { X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type * as Y from 'yjs'
import { Button, LinkButton } from '../ui/button'
import { classNames } from '../ui/class-names'
import { useMedia } from '../ui/use-media'
import { MomentAddressContext, useHistoryPanel } from './history-address'
import { HistoryView } from './history-view'
import type { HistoryAnswer, HistoryPage } from './shown'

/** Where the panel stands beside the text; on a narrower screen it lies over all of it. */
const BESIDE = '(min-width: 64rem)'
/** Of it in the window, so that one sees that it opened. */
const SEEN_PX = 160

/** A document's history beside its text, while the address has `?history`. Escape and Back close it. */
export default function HistoryPanel({ doc, path }: { doc: Y.Doc; path: string }) {
  const { asked, address, show, close } = useHistoryPanel()
  const { load, data: page, state } = useFetcher<HistoryPage>({ key: `history of ${path}` })
  const actsKey = `acts on ${path}`
  const { data: answer } = useFetcher<HistoryAnswer>({ key: actsKey })
  const isNewer = useNewer(doc, page)
  const box = useRef<HTMLDialogElement>(null)
  useShown(box, useMedia(BESIDE))
  useEscape(box, close)
  useEffect(() => load(`${path}${asked}`), [load, path, asked])

  const followed = useRef(answer)
  useEffect(() => {
    if (followed.current === answer) return
    followed.current = answer
    if (answer?.done) show(answer.seq)
  })

  return (
    <dialog
      ref={box}
      aria-labelledby="history-panel"
      // The browser would close it by itself: the address does. So also where something else than Escape asks for it, as
      // a phone's Back gesture.
      onCancel={(event) => {
        event.preventDefault()
        close()
      }}
      className={classNames(
        'no-print text-ink max-lg:m-0 max-lg:h-dvh max-lg:max-h-none max-lg:w-full max-lg:max-w-none',
        'max-lg:overflow-y-auto max-lg:bg-paper max-lg:p-0 max-lg:px-4 max-lg:pb-8',
        'lg:sticky lg:top-(--beneath-bar) lg:scroll-mt-(--beneath-bar) lg:m-0 lg:max-h-[calc(100dvh-var(--beneath-bar)-1rem)] lg:w-full lg:self-start lg:overflow-y-auto',
        'lg:border-l lg:border-rule lg:bg-transparent lg:py-0 lg:pl-5 lg:pr-1',
      )}
    >
      <div className="sticky top-0 z-20 mb-3 flex flex-wrap items-center justify-between gap-2 border-b border-rule bg-paper py-2">
        <h2 id="history-panel" tabIndex={-1} className="text-xl outline-none">
          History
        </h2>
        <div className="flex gap-1">
          <LinkButton to={`${path}${asked}`} size="sm" variant="quiet">
            On a page of its own
          </LinkButton>
          <Button type="button" size="sm" onClick={close}>
            <X aria-hidden="true" />
            Close
          </Button>
        </div>
      </div>
      {isNewer ? (
        <p className="mb-3 flex flex-wrap items-center gap-2 border border-rule bg-well px-2 py-1 text-sm">
          The text was written since.
          <Button type="button" size="sm" onClick={() => (asked ? show(null) : load(path))}>
            Show it as it is now
          </Button>
        </p>
      ) : null}
      {page ? (
        <MomentAddressContext.Provider value={address}>
          <HistoryView
            beside
            page={page as HistoryPage}
            answer={answer as HistoryAnswer | undefined}
            loading={state === 'loading'}
            form={{ action: path, navigate: false, fetcherKey: actsKey }}
          />
        </MomentAddressContext.Provider>
      ) : (
        <p role="status" className="text-sm text-muted">
          Reading the history…
        </p>
      )}
    </dialog>
  )
}

/** Shows the dialog, beside the text or over it, and gives the focus back to what opened it. */
function useShown(box: { current: HTMLDialogElement | null }, isBeside: boolean) {
  useEffect(() => {
    const opener = document.activeElement
    return () => {
      const back = opener instanceof HTMLElement && opener !== document.body ? opener : null
      const link = document.querySelector<HTMLElement>('[data-opens-history]')
      ;(back?.isConnected ? back : link)?.focus({ preventScroll: true })
    }
  }, [])
  useEffect(() => {
    const dialog = box.current
    if (!dialog) return
    if (isBeside) dialog.show()
    else dialog.showModal()
    const title = dialog.querySelector<HTMLElement>('h2')
    title?.focus({ preventScroll: true })
    // Where much stands above the text, as on a financing request's page, it would open out of sight.
    const { top = 0 } = title?.getBoundingClientRect() ?? {}
    if (top < 0 || top > window.innerHeight - SEEN_PX) dialog.scrollIntoView({ block: 'start' })
    return () => dialog.close()
  }, [box, isBeside])
}

/** Escape within the panel, or where nothing has the focus: the text and its menus keep theirs. */
function useEscape(box: { current: HTMLDialogElement | null }, close: () => void) {
  const latest = useRef(close)
  useEffect(() => {
    latest.current = close
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { key, target } = event
      if (key !== 'Escape' || event.defaultPrevented || !(target instanceof Element)) return
      if (target !== document.body && target.closest('dialog') !== box.current) return
      // Else a panel over the text would be asked to close a second time.
      event.preventDefault()
      latest.current()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [box])
}

/** Whether the text was written after the history was read. */
function useNewer(doc: Y.Doc, page: unknown): boolean {
  const [writtenAfter, setWrittenAfter] = useState<unknown>(null)
  useEffect(() => {
    const onUpdate = () => setWrittenAfter(page)
    doc.on('update', onUpdate)
    return () => doc.off('update', onUpdate)
  }, [doc, page])
  return page !== undefined && writtenAfter === page
}
