/** A person without a mouse. */
import { expect, type Locator } from '@playwright/test'

const MOST = 120

/** Goes on with Tab until something has the focus, as it must be reachable; `Shift+Tab` goes back. */
export async function tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await expect(target).toBeVisible()
  for (let pressed = 0; pressed < MOST; pressed++) {
    if (await target.evaluate((element) => element === window.document.activeElement)) return
    await target.page().keyboard.press(key)
  }
  throw new Error(`${target} is not reached by ${key}`)
}

/** Goes there and presses Enter. */
export async function enterAt(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await tabTo(target, key)
  await target.page().keyboard.press('Enter')
}
