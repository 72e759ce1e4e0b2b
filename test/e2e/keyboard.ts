/** A person without a mouse. */
import { expect, type Locator } from '@playwright/test'

const MOST = 120

/** Goes on with Tab until something has the focus, as it must be reachable. */
export async function tabTo(target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let pressed = 0; pressed < MOST; pressed++) {
    if (await target.evaluate((element) => element === window.document.activeElement)) return
    await target.page().keyboard.press('Tab')
  }
  throw new Error(`${target} is not reached by Tab`)
}

/** Goes there by Tab and presses Enter. */
export async function enterAt(target: Locator): Promise<void> {
  await tabTo(target)
  await target.page().keyboard.press('Enter')
}
