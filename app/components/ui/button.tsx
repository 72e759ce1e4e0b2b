import { Link, type LinkProps } from '@remix-run/react'
import { type ComponentPropsWithoutRef, forwardRef } from 'react'
import { classNames } from './class-names'

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger'
/** `lg`: to be met by a thumb, where what is chosen is not taken back. */
export type ButtonSize = 'sm' | 'md' | 'lg'

const VARIANT: Record<ButtonVariant, string> = {
  primary: 'border-accent bg-accent text-on-accent hover:border-accent-strong hover:bg-accent-strong',
  secondary: 'border-line bg-sheet text-accent hover:border-accent hover:bg-accent-wash',
  quiet: 'border-transparent bg-transparent text-accent hover:bg-accent-wash',
  danger: 'border-red bg-sheet text-red hover:bg-red-wash',
}

const SIZE: Record<ButtonSize, string> = {
  sm: 'min-h-7 px-2.5 py-0.5 text-sm',
  md: 'min-h-9 px-3.5 py-1.5 text-base',
  lg: 'min-h-16 px-3.5 py-2 text-xl',
}

const buttonClass = (variant: ButtonVariant = 'secondary', size: ButtonSize = 'md', more?: string) =>
  classNames(
    'inline-flex items-center justify-center gap-1.5 rounded-sm border font-semibold leading-tight',
    'transition-colors disabled:pointer-events-none disabled:opacity-60 [&_svg]:size-4 [&_svg]:shrink-0',
    VARIANT[variant],
    SIZE[size],
    more,
  )

type ButtonProps = ComponentPropsWithoutRef<'button'> & {
  variant?: ButtonVariant
  size?: ButtonSize
  /** Its form is being sent: it says so and takes no second click. */
  busy?: boolean
}

export const Button = forwardRef<HTMLButtonElement, ButtonProps>(function Button(
  { variant, size, busy = false, type = 'submit', className, onClick, ...rest },
  ref,
) {
  return (
    <button
      ref={ref}
      type={type}
      aria-busy={busy || undefined}
      // Not `disabled`: that would drop the keyboard's focus to the top of the page.
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      className={buttonClass(variant, size, classNames(busy && 'cursor-progress opacity-70', className))}
      {...rest}
    />
  )
})

type LinkButtonProps = LinkProps & { variant?: ButtonVariant; size?: ButtonSize }

/** Looks like a button and goes to a page. */
export function LinkButton({ variant, size, className, ...rest }: LinkButtonProps) {
  return <Link className={buttonClass(variant, size, className)} {...rest} />
}
