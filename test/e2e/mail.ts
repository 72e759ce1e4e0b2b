/** Reading the mails that the portal of the run wrote to its folder. */
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect } from './fixtures'

/** The link in the newest mail to an address; waits for one. `part`: what the link's path begins with. */
export async function linkInMail(to: string, part: string): Promise<string> {
  const folder = process.env.FORGE_E2E_MAIL ?? ''
  let found: string | undefined
  await expect
    .poll(async () => {
      for (const name of (await readdir(folder).catch(() => [])).sort().reverse()) {
        const mail = await readFile(path.join(folder, name), 'utf8')
        if (mail.includes(`To: ${to}\n`))
          found ??= new RegExp(`^http://\\S*${part}\\S*$`, 'm').exec(mail)?.[0]
        if (found) return true
      }
      return false
    })
    .toBe(true)
  return found ?? ''
}
