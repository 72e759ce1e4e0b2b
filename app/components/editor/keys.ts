/** Keys as they are called on the reader's keyboard. Browser only. */
const isApple = () => /Mac|iPhone|iPad/.test(navigator.platform)

/** `Mod+Alt+2` → Ctrl+Alt+2, or ⌘ ⌥ 2 on a Mac. */
export function keyName(keys: string): string {
  if (!isApple()) return keys.replace('Mod', 'Ctrl')
  return keys.replace('Mod', '⌘').replace('Alt', '⌥').replace('Shift', '⇧').replaceAll('+', ' ')
}

/** The same for `aria-keyshortcuts`. */
export const ariaKeys = (keys: string): string => keys.replace('Mod', isApple() ? 'Meta' : 'Control')
