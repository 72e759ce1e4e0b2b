import { classNames } from './class-names'

/**
 * A partner's flag, 4:3. `iso2` as in the directory, any case; `EU` included. Decorative beside a name; with a
 * `title` it stands for the name and is read out. `size` is its width in pixels.
 */
export function Flag({
  iso2,
  size = 20,
  title,
  className,
}: {
  iso2: string
  size?: number
  title?: string
  className?: string
}) {
  return (
    <img
      src={`/flags/${iso2.toLowerCase()}.svg`}
      alt={title ?? ''}
      title={title}
      width={size}
      height={Math.round(size * 0.75)}
      // As a style too, so that a flex row does not stretch it.
      style={{ width: size, height: Math.round(size * 0.75) }}
      className={classNames(
        'inline-block shrink-0 bg-well align-[-0.12em] outline outline-1 -outline-offset-1 outline-ink/15',
        className,
      )}
    />
  )
}
