import { Form, type FormProps } from '@remix-run/react'
import {
  cloneElement,
  createContext,
  type ReactElement,
  type ReactNode,
  useContext,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import { Button, type ButtonVariant } from './button'
import { classNames } from './class-names'

const Close = createContext<() => void>(() => {})

/** Closes the dialog it is called in. */
const useCloseDialog = () => useContext(Close)

/**
 * A dialog by the browser's own `<dialog>`: it keeps the focus inside, closes on Escape and gives the focus back.
 * `trigger` is a button (its onClick is set here); or steer it from outside with `open` and `onOpenChange`.
 */
export function Dialog({
  trigger,
  title,
  children,
  open: openFromOutside,
  onOpenChange,
  full = false,
  close = 'Close',
}: {
  trigger?: ReactElement<{ onClick?: () => void; type?: string }>
  title: ReactNode
  children: ReactNode
  open?: boolean
  onOpenChange?: (open: boolean) => void
  /** Over the whole screen, as on a phone. */
  full?: boolean
  /** The words of the button that closes it. */
  close?: string
}) {
  const [openInside, setOpenInside] = useState(false)
  const open = openFromOutside ?? openInside
  const element = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  const set = (next: boolean) => {
    setOpenInside(next)
    onOpenChange?.(next)
  }

  useEffect(() => {
    const dialog = element.current
    if (!dialog) return
    if (open && !dialog.open) {
      dialog.showModal()
      // React's own `autoFocus` comes before the dialog is shown, too early to be heeded.
      dialog.querySelector<HTMLElement>('[data-autofocus]')?.focus()
    }
    if (!open && dialog.open) dialog.close()
  }, [open])

  return (
    <>
      {trigger ? cloneElement(trigger, { onClick: () => set(true), type: 'button' }) : null}
      <dialog
        ref={element}
        aria-labelledby={titleId}
        onClose={() => set(false)}
        className={classNames(
          'bg-sheet p-0 text-ink',
          full
            ? 'm-0 h-dvh max-h-none w-full max-w-none open:flex open:flex-col'
            : 'm-auto max-h-[90dvh] w-[min(34rem,calc(100vw-2rem))] overflow-y-auto rounded-lg border border-line shadow-raised',
        )}
      >
        {open ? (
          <Close.Provider value={() => set(false)}>
            <div className="flex items-start justify-between gap-4 border-b border-rule px-4 py-3">
              <h2 id={titleId} className="min-w-0 text-xl">
                {title}
              </h2>
              <Button
                type="button"
                variant={full ? 'secondary' : 'quiet'}
                size={full ? 'md' : 'sm'}
                className="shrink-0"
                onClick={() => set(false)}
              >
                {close}
              </Button>
            </div>
            <div
              className={full ? 'min-h-0 flex-1 overflow-y-auto px-4 pb-8 pt-3' : 'px-4 py-4'}
              data-scrolls-text={full || undefined}
            >
              {children}
            </div>
          </Close.Provider>
        ) : null}
      </dialog>
    </>
  )
}

/** A form in a dialog that asks once more before something that cannot be taken back. */
export function ConfirmForm({
  trigger,
  title,
  children,
  confirm,
  variant = 'danger',
  ...form
}: Omit<FormProps, 'children'> & {
  trigger: ReactElement<{ onClick?: () => void; type?: string }>
  title: ReactNode
  /** What will happen, and the form's hidden fields. */
  children: ReactNode
  /** The button's words: the act itself ("Withdraw the invitation"). */
  confirm: string
  variant?: ButtonVariant
}) {
  return (
    <Dialog trigger={trigger} title={title}>
      <ConfirmBody confirm={confirm} variant={variant} form={form}>
        {children}
      </ConfirmBody>
    </Dialog>
  )
}

function ConfirmBody({
  confirm,
  variant,
  form,
  children,
}: {
  confirm: string
  variant: ButtonVariant
  form: Omit<FormProps, 'children'>
  children: ReactNode
}) {
  const close = useCloseDialog()
  return (
    <Form
      method="post"
      {...form}
      onSubmit={(event) => {
        form.onSubmit?.(event)
        // After the browser has read the form: closing takes it off the page.
        setTimeout(close)
      }}
    >
      <div className="space-y-3 text-sm">{children}</div>
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button type="button" variant="quiet" onClick={close}>
          Cancel
        </Button>
        <Button variant={variant}>{confirm}</Button>
      </div>
    </Form>
  )
}
