import { type ActionFunctionArgs, data, redirect } from '@remix-run/node'
import { isTheme } from '~/domain/theme'
import { keepTheme } from '~/theme.server'

/** Where nothing but a form posts; opened as a page it leads home. */
export const loader = () => redirect('/')

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData()
  const theme = form.get('theme')
  if (!isTheme(theme)) return data({ problem: 'The theme is system, light or dark.' }, { status: 422 })
  const headers = { 'Set-Cookie': await keepTheme(theme, context.portal.config.origin.startsWith('https:')) }
  const to = form.get('to')
  return typeof to === 'string' ? redirect(ownPath(to), { headers }) : data({ problem: null }, { headers })
}

/** A path of this portal; anything that could lead to another host becomes the start page. */
function ownPath(to: string) {
  return /^\/(?![/\\])/.test(to) ? to : '/'
}
