import { createCookie } from '@remix-run/node'
import { isTheme, type Theme } from './domain/theme'

const YEAR = 365 * 24 * 3600
const cookie = createCookie('theme', { path: '/', sameSite: 'lax', httpOnly: true, maxAge: YEAR })

/** The reader's choice, known before the page is drawn: so it never flashes in the other one. */
export async function themeOf(request: Request): Promise<Theme> {
  const value: unknown = await cookie.parse(request.headers.get('cookie'))
  return isTheme(value) ? value : 'system'
}

/** The `Set-Cookie` header that keeps the choice; `secure` where the portal is reached by https. */
export const keepTheme = (theme: Theme, secure: boolean) => cookie.serialize(theme, { secure })
